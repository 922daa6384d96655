package io.jobmon.cli;

import io.jobmon.Job;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The {@code jm} commands inside a program of the user's own.
 *
 * <pre>{@code
 * public static void main(String[] args) {
 *     System.exit(JobMonCli.run(args, new Percolation()));
 * }
 * }</pre>
 *
 * <p>The jobs are known by their names, beside those of {@code jobmon.yaml}: {@code myprogram postsweep Percolation
 * p=0.5..0.7/21}. {@code launch} starts this same program on the hosts; there, without arguments, it is a worker.
 *
 * <p>Thread safety: any number of threads; output goes to standard output and standard error.
 *
 * @since 0.1
 */
public final class JobMonCli {

    private JobMonCli() {}

    /**
     * Runs one command.
     *
     * @param args the command and its arguments; {@code --help} lists what there is
     * @param jobs the program's own jobs
     * @return 0 if all went well; 1 if it failed: experiments failed, Redis is out of reach, a host refuses; 2 if the command
     *     cannot be understood or lacks something. What went wrong, and what to do, stands on standard error
     */
    public static int run(String[] args, Job<?, ?>... jobs) {
        Class<?> caller = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .getCallerClass();
        Optional<Class<?>> main = caller == Jm.class ? Optional.empty() : Optional.of(caller);
        return CommandRunner.run(surroundings(main, List.of(jobs), System.getenv()), args);
    }

    // The one place that knows the process's own streams.
    private static Surroundings surroundings(
            Optional<Class<?>> main, List<Job<?, ?>> jobs, Map<String, String> environment) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        Path home = Path.of(System.getProperty("user.home"), ".jobmon");
        return new Surroundings(jobs, main, Terminal.of(out, err, environment), environment, Path.of(""), home);
    }
}
