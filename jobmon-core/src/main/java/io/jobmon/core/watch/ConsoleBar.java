package io.jobmon.core.watch;

import io.jobmon.Progress;
import io.jobmon.ProgressListener;
import io.jobmon.SyncProgress;
import java.io.Console;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * Shows progress on standard error: a bar on a terminal, elsewhere a plain line every ten seconds and one at the end.
 *
 * <p>Thread safety: for one {@code await} at a time.
 */
public final class ConsoleBar implements ProgressListener {

    private final ProgressListener form;

    ConsoleBar(PrintStream out, InstantSource clock, boolean terminal) {
        this.form = terminal ? new DrawnBar(out, clock) : new PlainLines(out, clock);
    }

    /**
     * Makes a listener for this program's standard error.
     *
     * @return the listener
     */
    public static ProgressListener create() {
        return new ConsoleBar(System.err, InstantSource.system(), terminal());
    }

    /**
     * Makes a listener for syncs: on a terminal a bar on this program's standard error, elsewhere nothing.
     *
     * @return the listener
     */
    public static Consumer<SyncProgress> ofSync() {
        return terminal() ? new SyncBar(System.err) : progress -> {};
    }

    /** Since JDK 22 there is a console also without a terminal, and a method, unknown to 17, that tells. */
    private static boolean terminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    @Override
    public void progress(Progress progress) {
        form.progress(progress);
    }

    @Override
    public void notice(String line) {
        form.notice(line);
    }

    @Override
    public void ended() {
        form.ended();
    }
}
