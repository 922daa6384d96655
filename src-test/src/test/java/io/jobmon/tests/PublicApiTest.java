package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The types and methods that users see, all of them. Who adds one adds it to the contract first; what belongs to work not
 * done yet is absent.
 */
class PublicApiTest {

    private static final String TYPES = """
            Axis, CommandException, CommandJob, CommandOutput, CsvColumns, Experiment, Failure, FailureRegion,
            FailureRegion$Condition, FailureRegion$Relation, Failures, Failures$Example, Failures$Group, Isolation, Job, Job$Body, JobMon, JobMonException,
            JobMonOptions, NoParams, ParamSpace, ParamSpace$Grid, Plot, Point, Posting, Progress, ProgressBar, ProgressListener,
            Result, Results, Summary, Summary$Row, Sweep, SweepState, Worker, Worker$Builder,
            WorkerStatus, JobStatus, JobStatus$SweepStatus, CleanOption, GcReport, GcReport$Item, GcReport$Kind,
            Host, ChannelHost, LocalHost, CommandChannel, CommandResult, HostCheck, HostCheck$Finding, HostStatus,
            HostStatus$WorkerProcess, HostStatus$Array, Bundle, Bundle$File, Bundle$Use, Bundle$Watch, WorkerRequest, Fleet,
            Fleet$Builder, SyncProgress, Monitor, LogLine, ProgressLine, JobMonListener, JobMonListener$Posted, JobMonListener$Claimed,
            JobMonListener$Started, JobMonListener$Retried, JobMonListener$Finished, JobMonListener$Failed,
            JobMonListener$Released, JobMonListener$Lost, JobMonListener$Missed""";

    @Test
    void should_have_these_types_and_no_others_when_a_user_looks() {
        Set<String> found = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("io.jobmon").stream()
                        .filter(type -> type.getPackageName().equals("io.jobmon"))
                        .filter(PublicApiTest::visible)
                        .map(type -> type.getName().substring("io.jobmon.".length()))
                        .collect(Collectors.toCollection(TreeSet::new));

        assertThat(found).isEqualTo(new TreeSet<>(Arrays.asList(TYPES.split(",\\s+"))));
    }

    private static boolean visible(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(PublicApiTest::visible).orElse(true);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ':', textBlock = """
                    Job: configuration(), name(), of(String String Class Class Body), run(Object Experiment), version()
                    CommandJob: code(), environment(String String), files(Path[]), in(Path), name(), of(String String[]), outcome(Class Function), outcome(Class), outcomeType(), outputLimit(long), parameterType(), run(Map Experiment), spec(), version(), version(String)
                    CommandOutput: exitCode(), stderr(), stdout()
                    CommandException: output()
                    JobMon: attach(String Job), clean(String CleanOption[]), close(), connect(JobMonOptions), connect(String), describe(String String), fleet(), fleet(Path), gc(), gcPreview(), jobs(), local(), local(Path), local(int), monitor(), net(), post(Job), source(String), worker()
                    JobMonOptions: childEnvironment(String String), childJvmOptions(String[]), children(), directory(), directory(Path), failWithoutWorkers(), failWithoutWorkers(Duration), heartbeat(), heartbeat(Duration), listener(JobMonListener), listeners(), local(), namespace(), namespace(String), redis(String), slots(), slots(int), uri()
                    Worker: close(), fromEnvironment(), id()
                    Worker$Builder: childEnvironment(String String), childJvmOptions(String[]), job(Job), listener(JobMonListener), run(), slots(int), start(), syslog(String), tags(String[])
                    Posting: attempts(int), backoff(Duration), commonRandomNumbers(), describe(String), input(Path[]), isolation(Isolation), keepGoing(), priority(int), replicates(int), requires(String[]), run(Object int), run(Object), seed(long), stopAfterFailures(long), stopAtFailureShare(double), sweep(Iterable), sweep(ParamSpace), sweep(String Axis), sweep(String Object[]), timeout(Duration), timeoutTimesMedian(double)
                    ParamSpace: grid(), indexOf(Point), point(long), points(Iterable), size()
                    ParamSpace$Grid: axis(String Axis), axis(String Object[])
                    Axis: linspace(double double int), logspace(double double int), of(Object[]), range(double double double), range(long long long), size(), value(int)
                    Point: asMap(), get(String), getDouble(String), getLong(String), getString(String), of(Map)
                    Plot: at(String Object), bins(int), heatMap(String String String), histogram(String), label(String String String), label(String String), line(String String), logColour(), logX(), logY(), scatter(String String), series(String), size(int int), title(String), write(Path)
                    Sweep: await(), await(Duration), await(ProgressListener), cancel(), explain(), failures(), id(), jobHash(), progress(), replay(long), results(), retryFailed(), size(), stream()
                    Progress: complete(), dead(), done(), elapsed(), pending(), rate(), remaining(), running(), size(), state()
                    ProgressBar: console()
                    ProgressListener: ended(), notice(String), progress(Progress)
                    Result: attempts(), elapsed(), failure(), ground(Class), index(), params(), replicate(), succeeded(), value(), worker()
                    Results: plot(), stream(), summary(String), writeCsv(Path CsvColumns), writeCsv(Path), writeJsonLines(Path)
                    CsvColumns: valueOf(String), values()
                    Summary: field(), iterator(), rows()
                    Summary$Row: dead(), high(), low(), mean(), n(), point(), sd(), standardError()
                    Failure: message(), stack(), stderr(), stdout(), type()
                    Failures: groups(), iterator(), succeeded(), total()
                    Failures$Group: cause(), count(), examples(), first(), last(), region(), replay(), smallest()
                    Failures$Example: index(), point(), replicate()
                    FailureRegion: chance(), conditions(), covered(), failures(), succeeded(), successes()
                    FailureRegion$Condition: parameter(), relation(), values()
                    FailureRegion$Relation: valueOf(String), values()
                    Isolation: isProcess(), maxHeap(), maxHeap(String), renewAfter(), renewAfter(int)
                    Experiment: attempt(), cancelled(), checkpoint(Object), executionId(), ground(Object), id(), index(), progress(double), random(), replicate(), restore(Class), seed(), workDir()
                    WorkerStatus: age(), failures(), history(), host(), id(), job(), launch(), pid(), place(), rate(), since(), slots(), status(), tags()
                    JobStatus: dead(), description(), done(), gitCommit(), hash(), name(), pending(), posted(), running(), sweeps()
                    JobStatus$SweepStatus: dead(), done(), id(), pending(), rate(), remaining(), running(), size(), state()
                    CleanOption: valueOf(String), values()
                    GcReport: items(), removed(), unreached()
                    GcReport$Item: id(), kind(), why()
                    GcReport$Kind: valueOf(String), values()
                    SweepState: valueOf(String), values()
                    Host: check(), check(WorkerRequest), close(), collect(int boolean), launch(WorkerRequest), logs(int), name(), over(String CommandChannel), status(), stop(Duration), sync(Bundle)
                    ChannelHost: slots(int), workdir(String)
                    LocalHost: name(String), slots(int), workdir(String)
                    CommandChannel: close(), get(String Path), put(Path String), put(Path String LongConsumer), run(List byte[] Duration)
                    CommandResult: exitCode(), stderr(), stdout(), succeeded()
                    HostCheck: and(List), findings(), host(), passed()
                    HostCheck$Finding: passed(), text()
                    HostStatus: arrays(), host(), pending(), running(), workers()
                    HostStatus$Array: job(), launch(), pending()
                    HostStatus$WorkerProcess: job(), lastWords(), launch(), name(), pid(), running()
                    Bundle: files(), id(), keep(), watch(), watch(Watch), withData()
                    Bundle$Watch: moved(long long)
                    Bundle$File: executable(), name(), path(), sha256(), size(), use()
                    Bundle$Use: valueOf(String), values()
                    WorkerRequest: bundle(), heartbeat(), idle(), launch(), main(), namespace(), redis()
                    Fleet: close(), hosts(), launch(String[]), logs(String), quickSync(String[]), status(), stop(String[]), sync(String[])
                    Fleet$Builder: afterSync(Consumer), beforeSync(Consumer), build(), data(Path String), grace(Duration), host(Host), hosts(Path), idle(Duration), job(Job[]), keep(int), main(Class), progress(Consumer)
                    JobMonListener: claimed(Claimed), failed(Failed), finished(Finished), lost(Lost), missed(Missed), posted(Posted), released(Released), retried(Retried), started(Started)
                    JobMonListener$Posted: job(), known(), size(), sweep()
                    JobMonListener$Claimed: experiments(), job(), sweep(), worker()
                    JobMonListener$Started: attempt(), index(), job(), sinceClaim(), sincePost(), sweep(), worker()
                    JobMonListener$Retried: attempt(), index(), job(), sweep(), worker()
                    JobMonListener$Finished: attempt(), index(), job(), sweep(), wall(), worker()
                    JobMonListener$Failed: attempt(), dead(), index(), job(), sweep(), wall(), worker()
                    JobMonListener$Released: attempt(), index(), job(), sweep(), wall(), worker()
                    JobMonListener$Lost: dead(), experiments(), job(), silent(), sweep(), worker()
                    JobMonListener$Missed: events()
                    SyncProgress: bytes(), elapsed(), ended(), hosts(), hostsDone(), moved()
                    """)
    void should_have_these_methods_and_no_others_when_a_user_looks_at(String type, String methods) throws Exception {
        Set<String> found = Arrays.stream(Class.forName("io.jobmon." + type).getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .filter(method -> !Set.of("equals", "hashCode", "toString").contains(method.getName()))
                .map(PublicApiTest::shown)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(found).isEqualTo(new TreeSet<>(Arrays.asList(methods.trim().split(", "))));
    }

    private static String shown(Method method) {
        return method.getName()
                + Arrays.stream(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(" ", "(", ")"));
    }

    @Test
    void should_throw_checked_exceptions_from_jobs_alone_when_called() throws Exception {
        for (String type : TYPES.split(",\\s+")) {
            for (Method method : Class.forName("io.jobmon." + type).getDeclaredMethods()) {
                boolean job = (type.startsWith("Job") || type.equals("CommandJob"))
                        && method.getName().equals("run");
                assertThat(method.getExceptionTypes())
                        .as(type + "." + method.getName())
                        .isEqualTo(job ? new Class<?>[] {Exception.class} : new Class<?>[0]);
            }
        }
    }
}
