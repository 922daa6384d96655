package io.jobmon.core.host;

import io.jobmon.JobMonException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** A jobmon.yaml as text: YAML 1.2 without tags, which only its owner may write. Thread safety: stateless. */
final class YamlFile {

    private static final int MOST_BYTES = 1 << 20;

    private YamlFile() {}

    /** The keys of the file. */
    static YamlEntry read(Path path) {
        String file = String.valueOf(path);
        String text = text(path);
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setAllowDuplicateKeys(true)
                .setMaxAliasesForCollections(20)
                .build();
        Optional<Node> root;
        try {
            root = new Composer(settings, new ParserImpl(settings, new StreamReader(settings, text))).getSingleNode();
        } catch (MarkedYamlEngineException e) {
            // The exception quotes the line, which may hold a password: neither its message nor itself is passed on.
            throw new JobMonException(file
                    + e.getProblemMark().map(YamlFile::place).orElse("") + ": it is no YAML: " + e.getProblem() + ".");
        } catch (YamlEngineException e) {
            throw new JobMonException(file + " is no YAML: " + e.getMessage(), e);
        }
        return new YamlEntry(
                file,
                root.orElseThrow(() -> new JobMonException(file + " is empty; write jobs: and hosts: into it.")),
                "The file");
    }

    static String place(Mark mark) {
        return ", line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1);
    }

    private static String text(Path path) {
        try {
            if (rights(path).contains(PosixFilePermission.OTHERS_WRITE)) {
                throw new JobMonException(path + " can be written by every user of this machine, and it says what runs:"
                        + " chmod o-w " + path + ".");
            }
            if (Files.size(path) > MOST_BYTES) {
                throw new JobMonException(path + " is larger than " + MOST_BYTES + " bytes; is it the right file?");
            }
            return Files.readString(path);
        } catch (CharacterCodingException e) {
            throw new JobMonException(path + " is not UTF-8; save it as UTF-8.", e);
        } catch (NoSuchFileException e) {
            throw new JobMonException(path + " is not there; correct its path, or write one.", e);
        } catch (IOException e) {
            throw new JobMonException(path + " cannot be read; check its path and rights.", e);
        }
    }

    /** Whether other users can read a file. */
    static boolean open(Path path) throws IOException {
        Set<PosixFilePermission> rights = rights(path);
        return rights.contains(PosixFilePermission.GROUP_READ) || rights.contains(PosixFilePermission.OTHERS_READ);
    }

    private static Set<PosixFilePermission> rights(Path path) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        return view == null ? Set.of() : view.readAttributes().permissions();
    }
}
