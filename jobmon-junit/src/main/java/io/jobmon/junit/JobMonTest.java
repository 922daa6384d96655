package io.jobmon.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives each test of a class a {@link io.jobmon.JobMon} as a parameter: on an embedded Redis of its own, with workers in this JVM; or, with
 * the configuration parameter {@code jobmon.redis} (a URI), on a Redis server whose workers run elsewhere, in the namespace
 * {@code jobmon.namespace} (default {@code junit}). There the sweeps that a test made are deleted after it, and nothing
 * else: not those that were there before it posted them, nor those that it took up; a test that finds no worker for 60 seconds
 * fails.
 *
 * <p>A test that leaves a sweep running fails, with the sweep's name. What is left behind is reported as an entry
 * {@code jobmon.leak}: sweeps left running; on a server, sweeps that are still there after they were deleted; with an embedded
 * Redis, threads of JobMon that do not end.
 *
 * <p>Tests may run at the same time. Then threads are looked at when the last of them ends, since it cannot be told whose
 * they are.
 *
 * @since 0.1
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(JobMonExtension.class)
public @interface JobMonTest {

    /**
     * How many experiments run at once on the embedded Redis; elsewhere the workers decide.
     *
     * @return 0 for one per core
     */
    int slots() default 0;
}
