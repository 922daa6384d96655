package io.jobmon.core.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.Job;
import io.jobmon.JobMonException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodeDigestTest {

    private static final String SIM = """
            package demo;

            import io.jobmon.Experiment;
            import io.jobmon.Job;
            import java.util.function.IntUnaryOperator;

            public final class Sim implements Job<Sim.Params, Sim.Outcome> {
                public record Params(int n, Scale scale) {}
                public record Outcome(long sum, Detail detail) {
                    public record Detail(String text) {}
                }
                public enum Scale { LINEAR, SQUARE }

                interface Steps extends IntUnaryOperator, java.io.Serializable {}

                /**
                 * What it does.
                 *
                 * @deprecated not at all
                 */
                @Override
                public Outcome run(Params params, Experiment experiment) throws Exception {
                    final int offset = 17; // a constant
                    final String label = "sum";
                    IntUnaryOperator plus = x -> x + 1;
                    IntUnaryOperator same = x -> x + 1;
                    Steps steps = x -> x * params.n();
                    long total = 0;
                    {
                        final long unused = 5L;
                        int half = params.n() / 2;
                        total += half;
                    }
                    int rest = params.n() % 7;
                    for (int i = 0; i < params.n(); i++) {
                        assert i >= 0 : "negative";
                        try {
                            total += switch (params.scale()) {
                                case LINEAR -> plus.applyAsInt(i) + rest;
                                case SQUARE -> Help.first(i) + same.applyAsInt(i);
                            };
                        } catch (ArithmeticException e) {
                            final double lost = 0.5;
                            total -= steps.applyAsInt(i);
                        } finally {
                            rest++;
                        }
                    }
                    long captured = total + offset;
                    Runnable hook = new Runnable() {
                        @Override
                        public void run() {
                            System.setProperty(label, "" + captured);
                        }
                    };
                    hook.run();
                    return new Outcome(total, new Outcome.Detail(label + offset));
                }
            }
            """;

    private static final String HELP = """
            package demo;

            class Help {
                static long first(int i) { return Deeper.second(i); }

                static class Deeper {
                    static long second(int i) { return dep.Deepest.third(i); }
                }
            }
            """;

    private static final String DEEPEST = """
            package dep;

            public class Deepest {
                public static long third(int i) { return i * 3L; }
            }
            """;

    @TempDir
    Path directory;

    private Workshop workshop;

    @BeforeEach
    void open() {
        workshop = new Workshop(directory);
    }

    private static Map<String, String> program() {
        return Map.of("demo.Sim", SIM, "demo.Help", HELP, "dep.Deepest", DEEPEST);
    }

    private static Map<String, String> edited(String name, String before, String after) {
        Map<String, String> sources = new HashMap<>(program());
        String text = sources.get(name);
        assertThat(text).contains(before);
        sources.put(name, text.replace(before, after));
        return sources;
    }

    private String hash(Map<String, String> sources, String... options) {
        return Workshop.hash("demo.Sim", workshop.compile(sources, List.of(options)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-g:none", "-g:lines", "-g:source,lines", "-g:vars", "-parameters", "-Xlint:none"})
    void should_keep_the_hash_when_compiled_with_other_debug_flags(String option) {
        assertThat(hash(program(), option)).isEqualTo(hash(program(), "-g"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "demo.Sim|// a constant|// another comment",
                "demo.Sim|@deprecated not at all|Not at all.",
                "demo.Sim|int half|/* a longer comment */ int half",
                "demo.Sim|total|amount",
                "demo.Sim|rest|remainder",
                "demo.Sim|captured|taken",
                "demo.Sim|params.|q.",
                "demo.Sim|steps|moves",
                "demo.Sim|ArithmeticException e|ArithmeticException other",
                "dep.Deepest|int i|int j",
            })
    void should_keep_the_hash_when_only_comments_or_local_names_change(String name, String before, String after) {
        Map<String, String> sources = edited(name, before, after);
        sources.replaceAll((key, text) -> ("\n\n" + text)
                .replace("Params params", "Params " + (text.contains("q.") ? "q" : "params"))
                .replace("int j) { return i", "int j) { return j"));

        assertThat(hash(sources, "-g")).isEqualTo(hash(program(), "-g"));
        assertThat(hash(sources, "-g:none")).isEqualTo(hash(program(), "-g"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "demo.Sim|offset = 17|offset = 18",
                "demo.Sim|\"sum\"|\"sun\"",
                "demo.Sim|IntUnaryOperator plus = x -> x + 1|IntUnaryOperator plus = x -> x + 2",
                "demo.Sim|x * params.n()|x - params.n()",
                "demo.Sim|long total = 0|long total = 1",
                "demo.Sim|total += half|total = half",
                "demo.Sim|plus.applyAsInt(i) + rest|steps.applyAsInt(i) + rest",
                "demo.Sim|catch (ArithmeticException e)|catch (IllegalStateException e)",
                "demo.Sim|LINEAR, SQUARE|SQUARE, LINEAR",
                "demo.Sim|i >= 0|i > 0",
                "demo.Sim|Detail(String text)|Detail(CharSequence text)",
                "demo.Sim|\"\" + captured|\"-\" + captured",
                "demo.Help|Deeper.second(i)|Deeper.second(-i)",
                "demo.Help|dep.Deepest.third(i)|-dep.Deepest.third(i)",
                "dep.Deepest|3L|4L",
            })
    void should_change_the_hash_when_the_code_changes(String name, String before, String after) {
        assertThat(hash(edited(name, before, after), "-g")).isNotEqualTo(hash(program(), "-g"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int a = 1; int b = 2; if (n > 3) a = 3; return a;|int a = 1; int b = 2; if (n > 3) b = 3; return b;",
                "int a = 1; int b = 2; return a - b;|int a = 1; int b = 2; return b - a;",
                "int a = 5; if (n > 3) { a = 7; } else { n += a; } return n;"
                        + "|int a = 6; if (n > 3) { a = 7; } else { n += a; } return n;",
                "int a = 5; try { n = 9 / n; a = 6; } catch (RuntimeException e) { n = a; } return n + a;"
                        + "|int a = 4; try { n = 9 / n; a = 6; } catch (RuntimeException e) { n = a; } return n + a;",
                "int a = 0; while (n > 0) { n -= a; a = 1; } return n;"
                        + "|int a = 2; while (n > 0) { n -= a; a = 1; } return n;",
                "int a = 0; for (int i = 0; i < n; i++) a += i; return a;"
                        + "|int a = 0; for (int i = 1; i < n; i++) a += i; return a;",
                "int a = 5; try { a = 6; n = 9 / n; } catch (RuntimeException e) { n = a; } return n;"
                        + "|int a = 5; try { a = 7; n = 9 / n; } catch (RuntimeException e) { n = a; } return n;",
                "int a = n; if (n > 3) { a = calc(n); } return a;|int a = n; if (n > 3) { int c = calc(n); } return a;",
                "int a = 3; a++; return n;|int a = 3; a++; return a;",
            })
    void should_tell_bodies_apart_when_variables_play_other_parts(String one, String other) {
        assertThat(body(one, "-g")).isEqualTo(body(one, "-g:none")).isNotEqualTo(body(other, "-g"));
    }

    private String body(String body, String option) {
        String source = "package demo; public class Sim implements io.jobmon.Job<Integer, Integer> {"
                + " public Integer run(Integer p, io.jobmon.Experiment e) { return calc(p); }"
                + " int calc(int n) { " + body + " } }";
        return Workshop.hash("demo.Sim", workshop.compile(Map.of("demo.Sim", source), List.of(option)));
    }

    @Test
    void should_keep_the_hash_when_packed_differently() {
        Path dep = workshop.compile(Map.of("dep.Deepest", DEEPEST), List.of("-g:none"));
        Path demo = workshop.compile(Map.of("demo.Sim", SIM, "demo.Help", HELP), List.of("-g"), dep);
        Path other = workshop.compile(Map.of("extra.Unused", "package extra; public class Unused {}"));
        String folders = Workshop.hash("demo.Sim", demo, dep);

        assertThat(Workshop.hash("demo.Sim", workshop.jar(Map.of(), demo), workshop.jar(Map.of(), dep)))
                .isEqualTo(folders);
        assertThat(Workshop.hash("demo.Sim", dep, workshop.jar(Map.of(), demo))).isEqualTo(folders);
        assertThat(Workshop.hash("demo.Sim", workshop.jar(Map.of(), other, dep, demo)))
                .isEqualTo(folders);
        assertThat(hash(program(), "-g")).isEqualTo(folders);
    }

    @Test
    void should_digest_what_the_class_loader_serves_when_a_jar_has_several_releases() throws Exception {
        Path old = workshop.compile(Map.of("dep.Deepest", DEEPEST.replace("3L", "99L")));
        Path current = workshop.compile(Map.of("dep.Deepest", DEEPEST));
        Path demo = workshop.compile(Map.of("demo.Sim", SIM, "demo.Help", HELP), List.of(), current);
        Path releases = directory.resolve("releases");
        Files.createDirectories(releases.resolve("dep"));
        Files.copy(old.resolve("dep/Deepest.class"), releases.resolve("dep/Deepest.class"));
        Files.createDirectories(releases.resolve("META-INF/versions/11/dep"));
        Files.copy(current.resolve("dep/Deepest.class"), releases.resolve("META-INF/versions/11/dep/Deepest.class"));

        String several = Workshop.hash("demo.Sim", demo, workshop.jar(Map.of("Multi-Release", "true"), releases));

        assertThat(several)
                .isEqualTo(Workshop.hash("demo.Sim", demo, current))
                .isNotEqualTo(Workshop.hash("demo.Sim", demo, old));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Object f() { java.util.function.Supplier<Object> s = () -> new X(); return s.get(); }",
                "Object f() { java.util.function.Supplier<Object> s = X::new; return s; }",
                "static X field;",
                "void f(X x) {}",
                "X f() { return null; }",
                "void f() { try { f(); } catch (X x) { } }",
                "boolean f(Object o) { return o instanceof X; }",
                "boolean f(Object o) { return o instanceof X[][]; }",
                "Object f() { return new X[1][2]; }",
                "Object f() { return X.class; }",
                "record Nested(X x) {}\n Nested f() { return null; }",
                "static class Base { X x; }\n static class Sub extends Base {}\n Object f() { return new Sub(); }",
                "interface Mixed { default Object g() { return new X(); } }\n static class Impl implements Mixed {}"
                        + " Object f() { return new Impl(); }",
                "sealed interface Shape permits Round {} record Round(X x) implements Shape {}\n Shape f() { return null; }",
                "@java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)"
                        + " @interface Uses { Class<?> value(); }\n @Uses(X.class) void f() {}",
            })
    void should_reach_a_class_however_it_is_named(String member) {
        String sim = "package demo; public class Sim implements io.jobmon.Job<Integer, Integer> {"
                + " public Integer run(Integer p, io.jobmon.Experiment e) { return p; } " + member + " }";
        String x = "package demo; public class X extends RuntimeException { static int helped() { return 1; } }";

        String before = Workshop.hash("demo.Sim", workshop.compile(Map.of("demo.Sim", sim, "demo.X", x)));
        String after = Workshop.hash(
                "demo.Sim", workshop.compile(Map.of("demo.Sim", sim, "demo.X", x.replace("return 1", "return 2"))));

        assertThat(after).isNotEqualTo(before);
    }

    @Test
    void should_reach_the_types_of_parameters_and_outcome_when_only_the_class_header_names_them() {
        String base = "package demo; public abstract class Base<P, R> implements io.jobmon.Job<P, R> {"
                + " public R run(P p, io.jobmon.Experiment e) { return null; } }";
        String sim = "package demo; public class Sim extends Base<X, java.util.List<Y>> {}";
        Map<String, String> sources = Map.of(
                "demo.Base",
                base,
                "demo.Sim",
                sim,
                "demo.X",
                "package demo; record X(int a) {}",
                "demo.Y",
                "package demo; record Y(int a) {}");
        Class<?> type = Workshop.load("demo.Sim", workshop.compile(sources));

        JobTypes types = JobTypes.of(Workshop.job("demo.Sim", directory.resolve("build0/target/classes")));

        assertThat(CodeDigest.reached(type, types.classes(), "Sim"))
                .containsOnlyKeys("demo/Base", "demo/Sim", "demo/X", "demo/Y");
    }

    @Test
    void should_leave_the_class_around_out_when_the_job_does_not_use_it() {
        String around = """
                package demo;

                public class Main {
                    public static class Sim implements io.jobmon.Job<Integer, Integer> {
                        public Integer run(Integer p, io.jobmon.Experiment e) { assert p > 0; return p; }
                    }
                    static void grid() { System.out.println(21); }
                    static class Plot {}
                }
                """;
        Class<?> type = Workshop.load("demo.Main$Sim", workshop.compile(Map.of("demo.Main", around)));

        assertThat(CodeDigest.reached(type, Set.of(), "Sim")).containsOnlyKeys("demo/Main$Sim");
    }

    @Test
    void should_leave_the_jdk_slf4j_and_jobmon_out_but_not_user_code_with_like_names() {
        assertThat(List.of(
                        "java/lang/String",
                        "javax/xml/parsers/SAXParser",
                        "org/w3c/dom/Node",
                        "com/sun/net/httpserver/Filter",
                        "org/slf4j/Logger",
                        "io/jobmon/Job",
                        "io/jobmon/spi/Engine",
                        "io/jobmon/core/Any",
                        "io/jobmon/core/run/Slot",
                        "io/jobmon/ssh/SshHost",
                        "io/jobmon/junit/x/Y",
                        "io/jobmon/cli/Jm"))
                .allMatch(Territory::foreign);
        assertThat(List.of(
                        "Sim",
                        "demo/Sim",
                        "javax/annotation/Nonnull",
                        "io/jobmon/examples/FluSweep",
                        "io/jobmon/corection/Sim",
                        "io/jobmonitor/Sim",
                        "io/Sim",
                        "org/slf4jx/Logger"))
                .noneMatch(Territory::foreign);
    }

    @Test
    void should_count_a_class_as_missing_when_it_is_not_on_the_class_path() {
        Path dep = workshop.compile(Map.of("dep.Deepest", DEEPEST));
        Path demo = workshop.compile(Map.of("demo.Sim", SIM, "demo.Help", HELP), List.of(), dep);

        assertThat(CodeDigest.reached(Workshop.load("demo.Sim", demo), Set.of(), "Sim"))
                .containsEntry("dep/Deepest", false)
                .containsEntry("demo/Help$Deeper", true);
        assertThat(Workshop.hash("demo.Sim", demo)).isNotEqualTo(Workshop.hash("demo.Sim", demo, dep));
    }

    @Test
    void should_begin_at_the_class_a_lambda_is_written_in_when_made_by_Job_of() {
        String main = """
                package demo;

                public class Main {
                    public static io.jobmon.Job<Integer, Integer> job() {
                        return io.jobmon.Job.of("twice", "", Integer.class, Integer.class, (p, e) -> Rule.apply(p));
                    }
                }
                """;
        String rule = "package demo; class Rule { static int apply(int x) { return 2 * x; } }";
        String byReference =
                main.replace("(p, e) -> Rule.apply(p)", "Rule::with").replace("int x", "int x, Object e");
        String with = rule.replace("apply(int x)", "with(int x, Object e)");

        assertThat(Workshop.hash("demo.Main", workshop.compile(Map.of("demo.Main", main, "demo.Rule", rule))))
                .isEqualTo(Workshop.hash(
                        "demo.Main",
                        workshop.compile(Map.of("demo.Main", main, "demo.Rule", rule), List.of("-g:none"))))
                .isNotEqualTo(Workshop.hash(
                        "demo.Main",
                        workshop.compile(Map.of("demo.Main", main, "demo.Rule", rule.replace("2 *", "3 *")))))
                .isNotEqualTo(Workshop.hash(
                        "demo.Main",
                        workshop.compile(
                                Map.of("demo.Main", main.replace("apply(p)", "apply(p + 1)"), "demo.Rule", rule))));
        assertThat(Workshop.hash("demo.Main", workshop.compile(Map.of("demo.Main", byReference, "demo.Rule", with))))
                .isNotEqualTo(Workshop.hash(
                        "demo.Main",
                        workshop.compile(Map.of("demo.Main", byReference, "demo.Rule", with.replace("2 *", "3 *")))));
    }

    @Test
    void should_let_the_version_stand_for_the_code_when_there_is_one() {
        String versioned = SIM.replace(
                "@Override\n    public Outcome run",
                "public String version() { return \"v1\"; }\n    public Outcome run");
        Path one = workshop.compile(Map.of("demo.Sim", versioned, "demo.Help", HELP, "dep.Deepest", DEEPEST));
        Path edited = workshop.compile(
                Map.of("demo.Sim", versioned, "demo.Help", HELP, "dep.Deepest", DEEPEST.replace("3L", "4L")));
        Path next = workshop.compile(
                Map.of("demo.Sim", versioned.replace("v1", "v2"), "demo.Help", HELP, "dep.Deepest", DEEPEST));

        assertThat(Workshop.hash("demo.Sim", edited)).isEqualTo(Workshop.hash("demo.Sim", one));
        assertThat(Workshop.hash("demo.Sim", next)).isNotEqualTo(Workshop.hash("demo.Sim", one));
    }

    @Test
    void should_refuse_when_the_class_file_is_not_to_be_had() throws Exception {
        Path classes = workshop.compile(program());
        Job<?, ?> job = Workshop.job("demo.Sim", classes);
        Files.delete(classes.resolve("demo/Sim.class"));

        assertThatThrownBy(() -> Identities.of(job))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("class file of demo.Sim is not on the class path")
                .hasMessageContaining("override version()");
    }

    @Test
    void should_refuse_when_a_class_file_cannot_be_understood() throws Exception {
        Path classes = workshop.compile(program());
        Job<?, ?> job = Workshop.job("demo.Sim", classes);
        Files.write(classes.resolve("dep/Deepest.class"), "no class at all".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> Identities.of(job))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("class file of dep.Deepest cannot be understood");
    }
}
