package io.jobmon.core.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.Isolation;
import io.jobmon.JobMonException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands in Redis, and who may have put it there. */
class SweepMetaTest {

    private static Map<String, String> fields() {
        SweepMeta meta = TestSweep.meta("s", 10, 3, Duration.ofSeconds(1), false);
        Map<String, String> fields = new HashMap<>(meta.identityFields());
        fields.putAll(meta.policyFields());
        return fields;
    }

    @Test
    void should_read_what_was_written_when_experiments_run_in_child_jvms() {
        Map<String, String> fields = fields();
        fields.putAll(Map.of("isolation", "process", "heap", "512m", "renew", "7"));

        assertThat(SweepMeta.of("s", fields).policy().isolation())
                .isEqualTo(Isolation.PROCESS.maxHeap("512m").renewAfter(7));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1g -XX:OnError=touch_evil",
                "1g\n-agentpath:/tmp/evil.so",
                "-XX:OnOutOfMemoryError=evil",
                "1t",
                "0m",
                "99999999999g",
                " 1g",
                "1g "
            })
    void should_refuse_it_when_a_heap_limit_is_more_than_a_size(String planted) {
        Map<String, String> fields = fields();
        fields.putAll(Map.of("isolation", "process", "heap", planted));

        assertThatThrownBy(() -> SweepMeta.of("s", fields)).isInstanceOf(JobMonException.class);
    }

    @Test
    void should_run_in_a_thread_when_the_kind_is_unknown() {
        Map<String, String> fields = fields();
        fields.putAll(Map.of("isolation", "container", "heap", "evil"));

        assertThat(SweepMeta.of("s", fields).policy().isolation()).isEqualTo(Isolation.THREAD);
    }
}
