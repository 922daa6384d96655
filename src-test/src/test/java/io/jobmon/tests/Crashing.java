package io.jobmon.tests;

import io.jobmon.Experiment;
import io.jobmon.Job;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Does to its JVM what its parameters say. */
final class Crashing implements Job<Crashing.Params, Crashing.Outcome> {

    enum Deed {
        WORK,
        NAP,
        THROW,
        EXIT,
        HALT,
        LITTER,
        SEGFAULT,
        EAT_HEAP,
        DEADLOCK,
        LOOP,
        STOP,
        OVERFLOW,
        ORPHANS,
        SHOUT,
        CLOSE_STREAMS,
        PRINT_AND_THROW,
        WHO
    }

    record Params(Deed deed, int i) {}

    record Outcome(long i, long pid, String text) {}

    @Override
    public Outcome run(Params params, Experiment experiment) throws Exception {
        Executions.count(experiment);
        String text = "";
        switch (params.deed()) {
            case WORK -> text = Long.toHexString(experiment.random().nextLong());
            case NAP -> Thread.sleep(5 + params.i() % 40);
            case THROW -> throw new IllegalStateException("number " + params.i());
            case EXIT -> {
                System.err.println("leaving for good");
                System.exit(7);
            }
            case LITTER -> {
                text = experiment.workDir().toString();
                System.out.println(text);
                Runtime.getRuntime().halt(1);
            }
            case HALT -> Runtime.getRuntime().halt(0);
            case SEGFAULT -> segfault();
            case EAT_HEAP -> eat();
            case DEADLOCK ->
                new Object() {
                    synchronized void hang() throws InterruptedException {
                        Thread other = new Thread(() -> {
                            synchronized (this) {
                                throw new IllegalStateException("never");
                            }
                        });
                        other.start();
                        while (true) {
                            try {
                                other.join();
                            } catch (InterruptedException e) {
                                // It ignores interrupts.
                            }
                        }
                    }
                }.hang();
            case LOOP -> {
                long x = 1;
                while (x != 0) {
                    x = x * 3 | 1;
                }
            }
            case STOP ->
                new ProcessBuilder(
                                "kill",
                                "-STOP",
                                Long.toString(ProcessHandle.current().pid()))
                        .start()
                        .waitFor();
            case OVERFLOW -> text = "" + overflow(0);
            case ORPHANS -> text = orphans();
            case SHOUT -> shout(params.i());
            case CLOSE_STREAMS -> {
                System.in.close();
                System.out.close();
                new FileOutputStream(FileDescriptor.out).close();
            }
            case PRINT_AND_THROW -> {
                System.out.println("Größe \uD83D\uDE00 von " + params.i());
                System.err.println("warning of " + params.i());
                throw new IllegalArgumentException("after printing");
            }
            case WHO ->
                text = experiment.index() + " " + experiment.replicate() + " " + experiment.attempt() + " "
                        + experiment.seed() + " " + experiment.id() + " " + System.getenv("JOBMON_REDIS") + " "
                        + System.getenv("COLOUR") + " " + System.getProperty("shade") + " "
                        + Runtime.getRuntime().maxMemory();
        }
        return new Outcome(params.i(), ProcessHandle.current().pid(), text);
    }

    private static int overflow(int depth) {
        return depth == Integer.MIN_VALUE ? 0 : overflow(depth + 1) + 1;
    }

    private static void segfault() throws ReflectiveOperationException {
        Class<?> type = Class.forName("sun.misc.Unsafe");
        Field field = type.getDeclaredField("theUnsafe");
        field.setAccessible(true);
        type.getMethod("putAddress", long.class, long.class).invoke(field.get(null), 0L, 0L);
    }

    private static void eat() {
        List<byte[]> all = new ArrayList<>();
        while (true) {
            all.add(new byte[1 << 20]);
        }
    }

    /** One grandchild, and one that has left the process group. */
    private static String orphans() throws IOException {
        Process one = new ProcessBuilder("sh", "-c", "sleep 1000 & echo $!; wait").start();
        Process two = new ProcessBuilder("setsid", "sh", "-c", "echo $$; exec sleep 1000 2>/dev/null").start();
        return one.inputReader().readLine() + " " + two.inputReader().readLine();
    }

    private static void shout(int mebibytes) {
        PrintStream out = System.out;
        byte[] line = ("x".repeat(1023) + "\n").getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < mebibytes * 1024; i++) {
            out.write(line, 0, line.length);
        }
        out.println("the end");
    }
}
