package io.jobmon.tests;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of the house: who may import what. */
class HouseTest {

    private static final String CORE = "io.jobmon.core";
    private static final String[] API = {"io.jobmon", "io.jobmon.spi"};

    /** Each package of the engine, and the packages of the engine that it may import. The root, which wires all, is left out. */
    private static final Map<String, Set<String>> MAY_IMPORT = new LinkedHashMap<>();

    static {
        // the base
        MAY_IMPORT.put("base", Set.of());
        MAY_IMPORT.put("codec", Set.of());
        MAY_IMPORT.put("space", Set.of("codec"));
        MAY_IMPORT.put("identity", Set.of("codec"));
        MAY_IMPORT.put("local", Set.of());
        MAY_IMPORT.put("queue", Set.of("codec"));
        MAY_IMPORT.put("telemetry", Set.of("queue", "codec", "base"));
        // the stages, in the order in which data passes
        MAY_IMPORT.put(
                "post",
                Set.of("telemetry", "isolate", "queue", "run", "result", "watch", "space", "identity", "codec"));
        MAY_IMPORT.put("claim", Set.of("telemetry", "isolate", "queue", "run", "commit", "space", "identity", "codec"));
        MAY_IMPORT.put("isolate", Set.of("space", "identity", "codec", "local", "base"));
        MAY_IMPORT.put("run", Set.of("telemetry", "isolate", "queue", "commit", "space", "identity", "codec"));
        MAY_IMPORT.put("commit", Set.of("queue", "codec", "base"));
        MAY_IMPORT.put("result", Set.of("plot", "queue", "space", "codec"));
        MAY_IMPORT.put("plot", Set.of("codec"));
        // beside them
        MAY_IMPORT.put("watch", Set.of("queue", "result", "codec"));
        MAY_IMPORT.put("host", Set.of("queue", "identity", "codec"));
    }

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.jobmon");

    static Set<String> parts() {
        return MAY_IMPORT.keySet();
    }

    @Test
    void should_know_every_package_when_core_grows() {
        Set<String> found = HOUSE.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith(CORE + "."))
                .map(name -> name.substring(CORE.length() + 1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(found)
                .as("packages of core; a new one gets its line in this test, with what it may import")
                .isEqualTo(new TreeSet<>(parts()));
    }

    @ParameterizedTest
    @MethodSource("parts")
    void should_import_forward_or_down_when_part_of_core(String part) {
        Set<String> allowed = MAY_IMPORT.get(part).stream()
                .map(other -> CORE + "." + other)
                .collect(Collectors.toCollection(TreeSet::new));
        allowed.add(CORE + "." + part);
        DescribedPredicate<JavaClass> beyond = describe(
                "are in core, but not in " + allowed, type -> inCore(type) && !allowed.contains(type.getPackageName()));

        noClasses()
                .that()
                .resideInAPackage(CORE + "." + part)
                .should()
                .dependOnClassesThat(beyond)
                .because(
                        "data pass post, queue, claim, run, commit, result in this order, on a base of queue, identity,"
                                + " space, codec, local; nobody but the root knows all")
                .check(HOUSE);
    }

    @Test
    void should_have_no_circle_when_core_is_cut_by_package() {
        slices().matching(CORE + ".(*)..")
                .should()
                .beFreeOfCycles()
                .because("a package that needs itself through others cannot be understood or tested alone")
                .check(HOUSE);
    }

    @ParameterizedTest
    @CsvSource({
        "io.lettuce, queue, Redis has one face: keys and scripts in one place",
        "tools.jackson, codec, what is stored and hashed has one form and one set of limits",
        "org.zeromq, base|isolate|telemetry, what a stranger may send is bounded in two places: children and listeners; one keeps both doors",
        "com.cloudbees.syslog, telemetry, what is said leaves by one door",
        "ch.qos.logback, telemetry, what logs is the program's choice: one place listens to it if it is there",
        "org.objectweb.asm, identity, reading class files is only for the digest of a job's code",
        "org.snakeyaml, host, of files only jobmon.yaml says what runs",
        "org.knowm.xchart, plot, what is drawn does not depend on who draws it",
        "org.apache.batik, plot, SVG is one more way to write a picture",
        "java.awt, plot, a worker needs no fonts and loads nothing that draws",
        "org.hipparchus, space, sequences of points are made in one place",
    })
    void should_have_one_importer_when_a_library_has_one_use(String library, String part, String reason) {
        noClasses()
                .that()
                .resideInAPackage(CORE + "..")
                .and()
                .resideOutsideOfPackages(Arrays.stream(part.split("\\|"))
                        .map(each -> CORE + "." + each)
                        .toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library + "..")
                .because(reason)
                .check(HOUSE);
    }

    @Test
    void should_need_java_and_jspecify_alone_when_in_the_api() {
        classes()
                .that()
                .resideInAnyPackage(API)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.jobmon", "io.jobmon.spi", "java..", "org.jspecify..")
                .because(
                        "users compile against the API: it brings no library, and no type of the engine is in a signature")
                .check(HOUSE);
    }

    @Test
    void should_need_the_api_and_what_tests_have_when_for_junit() {
        classes()
                .that()
                .resideInAPackage("io.jobmon.junit")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.jobmon",
                        "io.jobmon.spi",
                        "io.jobmon.junit",
                        "java..",
                        "org.jspecify..",
                        "org.junit..",
                        "org.assertj..",
                        "org.hipparchus..")
                .because("who tests with it has chosen JUnit and AssertJ, and nothing else")
                .check(HOUSE);
    }

    @Test
    void should_need_the_api_and_picocli_when_for_the_command_line() {
        classes()
                .that()
                .resideInAPackage("io.jobmon.cli")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.jobmon", "io.jobmon.spi", "io.jobmon.cli", "java..", "org.jspecify..", "picocli..")
                .because("whatever a command does, Java can do through the API; a short command loads nothing else")
                .check(HOUSE);
    }

    @Test
    void should_have_one_door_when_for_the_command_line() {
        classes()
                .that()
                .resideInAPackage("io.jobmon.cli")
                .and()
                .arePublic()
                .should()
                .haveSimpleName("JobMonCli")
                .because("commands are for people; programs have the API")
                .check(HOUSE);
    }

    @Test
    void should_not_know_core_when_outside_of_core() {
        noClasses()
                .that()
                .resideOutsideOfPackages(CORE + "..", "io.jobmon.bench")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(CORE + "..")
                .because("the engine is found by ServiceLoader and may be changed without anybody's notice;"
                        + " benchmarks start its Redis")
                .check(HOUSE);
    }

    @Test
    void should_not_print_when_not_made_for_a_console() {
        noClasses()
                .that()
                .resideOutsideOfPackages(CORE + ".watch", "io.jobmon.examples", "io.jobmon.bench")
                .and()
                .haveNameNotMatching("io\\.jobmon\\.cli\\.(Jm|JobMonCli)")
                .and()
                .haveNameNotMatching(CORE + "\\.(HeadMain|isolate\\.Child(Main|Runner|Streams)|host\\.Probe)")
                .should(ACCESS_STANDARD_STREAMS)
                .because("standard output belongs to the user's program; what JobMon has to say goes to SLF4J or a"
                        + " listener; the streams of a child JVM, of a probe and of a head are read by who started it;"
                        + " the command line takes the streams at its door and hands them on")
                .check(HOUSE);
    }

    @Test
    void should_not_log_past_slf4j_when_logging() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.logging..")
                .because("the user's program chooses where the log goes, through SLF4J")
                .check(HOUSE);
    }

    @Test
    void should_be_null_marked_when_a_package() {
        Set<String> unmarked = HOUSE.stream()
                .map(JavaClass::getPackage)
                .filter(part -> !isNullMarked(part))
                .map(JavaPackage::getName)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(unmarked)
                .as("packages whose package-info lacks @NullMarked: NullAway skips them")
                .isEmpty();
    }

    @Test
    void should_see_all_modules_when_rules_are_checked() {
        assertThat(HOUSE.contain("io.jobmon.JobMon")).isTrue();
        assertThat(HOUSE.contain("io.jobmon.examples.FluSweep")).isTrue();
        assertThat(HOUSE.contain("io.jobmon.cli.JobMonCli")).isTrue();
        assertThat(HOUSE.stream().anyMatch(HouseTest::inCore)).isTrue();
        assertThat(HOUSE.contain(HouseTest.class)).isFalse();
    }

    private static boolean inCore(JavaClass type) {
        return type.getPackageName().equals(CORE) || type.getPackageName().startsWith(CORE + ".");
    }

    private static boolean isNullMarked(JavaPackage part) {
        return part.tryGetPackageInfo()
                .map(info -> info.isAnnotatedWith(NullMarked.class))
                .orElse(false);
    }
}
