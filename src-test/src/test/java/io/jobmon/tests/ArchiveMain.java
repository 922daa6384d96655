package io.jobmon.tests;

import io.jobmon.Failure;
import io.jobmon.Isolation;
import io.jobmon.JobMon;
import io.jobmon.Result;
import io.jobmon.Worker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A program that runs isolated experiments one after the other, each in a JVM of its own, and prints what they say.
 * Arguments: the server, the seed, how many experiments, the folder in which a class archive is to be there after the
 * first (or -), options for child JVMs.
 */
final class ArchiveMain {

    private ArchiveMain() {}

    public static void main(String[] args) {
        WorkerMain.endWithParent();
        String[] options = Arrays.copyOfRange(args, 4, args.length);
        try (JobMon jobmon = JobMon.connect(args[0]);
                Worker worker = jobmon.worker()
                        .job(new Arguments())
                        .slots(1)
                        .childJvmOptions(options)
                        .start()) {
            for (int i = 0; i < Integer.parseInt(args[2]); i++) {
                List<Arguments.Params> points =
                        List.of(new Arguments.Params(2 * i, true), new Arguments.Params(2 * i + 1, false));
                try (Stream<Result<Arguments.Params, List<String>>> outcomes = jobmon
                        .post(new Arguments())
                        .seed(Long.parseLong(args[1]))
                        .attempts(1)
                        .isolation(Isolation.PROCESS.maxHeap("64m").renewAfter(2))
                        .sweep(points)
                        .stream()) {
                    outcomes.forEach(ArchiveMain::print);
                }
                if (i == 0 && !args[3].equals("-")) {
                    await(Path.of(args[3]));
                }
            }
        }
    }

    private static void await(Path folder) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(290))
                .until(() -> !ClassArchiveIT.archives(folder).isEmpty());
    }

    private static void print(Result<Arguments.Params, List<String>> result) {
        Optional<Failure> failure = result.failure();
        System.out.println(
                failure.isEmpty()
                        ? "options " + String.join(" ", result.value())
                        : "output [" + failure.get().stdout().trim() + "] ["
                                + failure.get().stderr().trim() + "]");
    }
}
