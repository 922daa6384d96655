package io.jobmon.junit;

import io.jobmon.JobMon;
import io.jobmon.JobMonException;
import io.jobmon.JobMonOptions;
import java.time.Duration;
import java.time.format.DateTimeParseException;
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
    private static final String PATIENCE = "jobmon.workers.patience";
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
                    JobMonOptions.redis(uri.get()).namespace(namespace).failWithoutWorkers(patience(context)), true);
        }
        int slots = AnnotationSupport.findAnnotation(context.getRequiredTestClass(), JobMonTest.class)
                .map(JobMonTest::slots)
                .orElse(0);
        JobMonOptions options = JobMonOptions.local();
        return TestConnection.open(slots == 0 ? options : options.slots(slots), false);
    }

    private static Duration patience(ExtensionContext context) {
        Optional<String> patience = context.getConfigurationParameter(PATIENCE);
        if (patience.isEmpty()) {
            return WITHOUT_WORKERS;
        }
        try {
            Duration time = Duration.parse(patience.get().trim());
            if (time.compareTo(Duration.ofSeconds(1)) >= 0) {
                return time;
            }
        } catch (DateTimeParseException e) {
            throw new JobMonException(unreadable(patience.get()), e);
        }
        throw new JobMonException(unreadable(patience.get()));
    }

    private static String unreadable(String patience) {
        return PATIENCE + " is '" + patience + "'; give at least a second, such as PT90S or PT10M.";
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
            connection.close(leak -> context.publishReportEntry("jobmon.leak", leak));
        }
    }
}
