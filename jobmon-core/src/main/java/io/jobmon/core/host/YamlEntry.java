package io.jobmon.core.host;

import io.jobmon.JobMonException;
import io.jobmon.spi.HostEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Keys and values of a YAML file, with their places. What is read is ticked off; the rest is refused. For one thread. */
final class YamlEntry implements HostEntry {

    private static final Pattern TIME = Pattern.compile("(\\d{1,9})\\s*([smhd])");

    private final String file;
    private final Node node;
    private final Map<String, Node> keys = new LinkedHashMap<>();
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Set<String> read = new TreeSet<>();
    private final List<YamlEntry> below = new ArrayList<>();

    /** Reads keys; one that is there twice is refused. */
    YamlEntry(String file, Node node, String what) {
        this.file = file;
        this.node = node;
        if (!(node instanceof MappingNode mapping)) {
            throw refusal(node, what + " has keys and values, such as 'slots: 2'");
        }
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw refusal(tuple.getKeyNode(), "a key is a plain word");
            }
            if (keys.put(key.getValue(), key) != null) {
                throw refusal(key, "'" + key.getValue() + "' is there twice; leave one");
            }
            values.put(key.getValue(), tuple.getValueNode());
        }
    }

    JobMonException refusal(Node at, String why) {
        return new JobMonException(file + at.getStartMark().map(YamlFile::place).orElse("") + ": " + why + ".");
    }

    @Override
    public JobMonException refusal(String key, String why) {
        Node at = values.get(key);
        return refusal(at == null ? node : at, (at == null ? "" : "'" + key + "': ") + why);
    }

    /** Gives a refusal its place, unless it has one. */
    JobMonException placed(String key, JobMonException e) {
        String message = String.valueOf(e.getMessage());
        return message.startsWith(file + ", line ")
                ? e
                : refusal(key, message.endsWith(".") ? message.substring(0, message.length() - 1) : message);
    }

    Set<String> keys() {
        return keys.keySet();
    }

    boolean has(String key) {
        return keys.containsKey(key);
    }

    /** Refuses what nobody has read, here and below. */
    void refuseRest(String known) {
        for (Map.Entry<String, Node> key : keys.entrySet()) {
            if (!read.contains(key.getKey())) {
                throw refusal(key.getValue(), "'" + key.getKey() + "' is not known here; there are " + known);
            }
        }
        below.forEach(entry -> entry.refuseRest(String.join(", ", entry.read)));
    }

    void tick(String key) {
        read.add(key);
    }

    private @Nullable Node value(String key) {
        read.add(key);
        return values.get(key);
    }

    private String scalar(Node value, String what) {
        if (!(value instanceof ScalarNode scalar) || scalar.getValue().isEmpty()) {
            throw refusal(value, what);
        }
        return scalar.getValue();
    }

    @Override
    public Optional<String> text(String key) {
        Node value = value(key);
        return value == null ? Optional.empty() : Optional.of(scalar(value, "'" + key + "' is a text"));
    }

    @Override
    public OptionalInt number(String key) {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        if (!text.get().matches("\\d{1,9}")) {
            throw refusal(key, "write a whole number");
        }
        return OptionalInt.of(Integer.parseInt(text.get()));
    }

    @Override
    public Optional<Duration> time(String key) {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Matcher matcher = TIME.matcher(text.get());
        if (!matcher.matches()) {
            throw refusal(key, "write a time such as 90s, 30m, 4h or 2d");
        }
        return Optional.of(Duration.ofSeconds(Long.parseLong(matcher.group(1)) * seconds(matcher.group(2))));
    }

    private static long seconds(String unit) {
        return switch (unit) {
            case "s" -> 1;
            case "m" -> 60;
            case "h" -> 3600;
            default -> 86_400;
        };
    }

    @Override
    public List<String> texts(String key) {
        Node value = value(key);
        if (value == null) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        String what = "'" + key + "' is a list of texts, such as [a, b]";
        if (value instanceof SequenceNode sequence) {
            sequence.getValue().forEach(each -> texts.add(scalar(each, what)));
        } else {
            texts.add(scalar(value, what));
        }
        return texts;
    }

    @Override
    public Map<String, String> map(String key) {
        Node value = value(key);
        Map<String, String> texts = new LinkedHashMap<>();
        if (value != null) {
            YamlEntry entry = new YamlEntry(file, value, "'" + key + "'");
            // An empty text is a value of a variable like any other.
            entry.values.forEach((name, text) -> texts.put(
                    name,
                    text instanceof ScalarNode scalar ? scalar.getValue() : scalar(text, "'" + name + "' is a text")));
        }
        return texts;
    }

    boolean isPlain(String key) {
        return values.get(key) instanceof ScalarNode;
    }

    /** An argument vector: a list, whose texts may be empty. */
    List<String> arguments(String key) {
        Node value = value(key);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof SequenceNode sequence)) {
            throw refusal(
                    key, "write a list, an argument each, such as [python3, sir.py]; no shell takes a line apart");
        }
        List<String> arguments = new ArrayList<>();
        for (Node each : sequence.getValue()) {
            if (!(each instanceof ScalarNode scalar)) {
                throw refusal(
                        each,
                        "'" + key + "': an argument is a text"
                                + (each instanceof MappingNode ? "; a placeholder needs quotes: \"{beta}\"" : ""));
            }
            arguments.add(scalar.getValue());
        }
        return arguments;
    }

    /** What stands below a key that is there and must have keys of its own. */
    YamlEntry below(String key, String example) {
        return entry(key).map(YamlEntry.class::cast).orElseThrow(() -> refusal(key, "write " + example));
    }

    @Override
    public Optional<HostEntry> entry(String key) {
        Node value = values.get(key);
        if (!(value instanceof MappingNode)) {
            return Optional.empty();
        }
        read.add(key);
        YamlEntry entry = new YamlEntry(file, value, "'" + key + "'");
        below.add(entry);
        return Optional.of(entry);
    }
}
