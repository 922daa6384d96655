package io.jobmon.junit;

import io.jobmon.JobMon;
import io.jobmon.JobMonOptions;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Opens a connection when a test first asks for it, and clears up after it. Thread safety: any number of threads. */
final class JobMonExtension implements ParameterResolver, AfterEachCallback, AfterAllCallback {

    private static final ExtensionContext.Namespace STORE = ExtensionContext.Namespace.create(JobMonExtension.class);
    private static final Duration WITHOUT_WORKERS = Duration.ofSeconds(60);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == JobMon.class;
    }

    /** One for each test; a constructor or a {@code @BeforeAll} that asks makes one that the whole class shares. */
    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(STORE)
                .getOrComputeIfAbsent(JobMon.class, key -> open(context), TestConnection.class)
                .jobmon();
    }

    private static TestConnection open(ExtensionContext context) {
        Optional<String> uri = context.getConfigurationParameter("jobmon.redis");
        if (uri.isPresent()) {
            String namespace =
                    context.getConfigurationParameter("jobmon.namespace").orElse("junit");
            return TestConnection.open(
                    JobMonOptions.redis(uri.get()).namespace(namespace).failWithoutWorkers(WITHOUT_WORKERS), true);
        }
        int slots = AnnotationSupport.findAnnotation(context.getRequiredTestClass(), JobMonTest.class)
                .map(JobMonTest::slots)
                .orElse(0);
        JobMonOptions options = JobMonOptions.local();
        return TestConnection.open(slots == 0 ? options : options.slots(slots), false);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        close(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close(context);
    }

    private static void close(ExtensionContext context) {
        TestConnection connection = context.getStore(STORE).remove(JobMon.class, TestConnection.class);
        if (connection != null) {
            connection.close().forEach(leak -> context.publishReportEntry("jobmon.leak", leak));
        }
    }
}
