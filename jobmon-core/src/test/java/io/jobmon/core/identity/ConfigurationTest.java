package io.jobmon.core.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.Experiment;
import io.jobmon.Job;
import io.jobmon.JobMonException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConfigurationTest {

    abstract static class Simple implements Job<Integer, Integer> {
        @Override
        public Integer run(Integer params, Experiment experiment) {
            return params;
        }
    }

    static class Stateless extends Simple {
        static final int SHARED = 1;
        transient int scratch = 2;
    }

    static class Stateful extends Simple {
        double rate = 1;
        final int[] table = {1};
    }

    static class Heir extends Stateful {}

    static class Told extends Stateful {
        final transient Object value;

        Told(Object value) {
            this.value = value;
        }

        @Override
        public Object configuration() {
            return value;
        }
    }

    class Inner extends Simple {
        int size() {
            return ConfigurationTest.this.hashCode();
        }
    }

    enum Fixed implements Job<Integer, Integer> {
        SMALL,
        LARGE {
            @Override
            public Integer run(Integer params, Experiment experiment) {
                return 0;
            }
        };

        @Override
        public Integer run(Integer params, Experiment experiment) {
            return params;
        }
    }

    record Life(Set<Integer> birth, Inside inside, List<Double> weights) implements Job<Integer, Integer> {
        record Inside(Set<String> names, String absent) {}

        @Override
        public Integer run(Integer params, Experiment experiment) {
            return params;
        }
    }

    sealed interface Neighbours {
        record Moore(int reach) implements Neighbours {}

        record Neumann(int reach) implements Neighbours {}
    }

    record Grid(Neighbours neighbours) implements Job<Integer, Integer> {
        @Override
        public Integer run(Integer params, Experiment experiment) {
            return params;
        }
    }

    interface Rule {}

    record Low(int bound) implements Rule {}

    record High(int bound) implements Rule {}

    record Ruled(Rule rule) implements Job<Integer, Integer> {
        @Override
        public Integer run(Integer params, Experiment experiment) {
            return params;
        }
    }

    static class Broken {
        public int getValue() {
            throw new IllegalStateException("no value");
        }
    }

    record Empty() implements Job<Integer, Integer> {
        @Override
        public Integer run(Integer params, Experiment experiment) {
            return params;
        }
    }

    record Shadow(String configuration, int extra) implements Job<Integer, Integer> {
        @Override
        public Integer run(Integer params, Experiment experiment) {
            return params;
        }
    }

    private static String read(Job<?, ?> job) {
        return Configuration.of(job, "demo", false).json();
    }

    @Test
    void should_have_none_when_the_job_has_no_state() {
        assertThat(read(new Stateless())).isNull();
        assertThat(read(new Empty())).isNull();
        assertThat(read(new Told(null))).isNull();
        assertThat(read(Fixed.SMALL)).isNull();
        assertThat(read(Fixed.LARGE)).isNull();
        assertThat(read(Job.of("a", "", Integer.class, Integer.class, (p, e) -> p)))
                .isNull();
    }

    @Test
    void should_be_canonical_json_when_the_job_tells_it() {
        assertThat(read(new Told(Map.of("b", 1.0, "a", List.of(true, "x")))))
                .isEqualTo("{\"a\":[true,\"x\"],\"b\":1.0}");
        assertThat(read(new Told(1))).isEqualTo("1");
        assertThat(read(new Told(new int[] {2, 1}))).isEqualTo("[2,1]");
    }

    @Test
    void should_be_the_components_when_the_job_is_a_record() {
        Life life = new Life(Set.of(3), new Life.Inside(Set.of("x"), null), List.of(0.5));

        assertThat(read(life))
                .isEqualTo("{\"birth\":[3],\"inside\":{\"absent\":null,\"names\":[\"x\"]},\"weights\":[0.5]}");
        assertThat(read(new Shadow("a", 7))).isEqualTo("{\"configuration\":\"a\",\"extra\":7}");
    }

    @Test
    void should_be_the_same_when_sets_come_in_another_order() {
        assertThat(read(new Told(Set.of("b", "a", "c")))).isEqualTo("[\"a\",\"b\",\"c\"]");
        assertThat(read(new Told(Map.of("s", new LinkedHashSet<>(List.of("c", "a"))))))
                .isEqualTo("{\"s\":[\"a\",\"c\"]}");
    }

    @Test
    void should_tell_the_records_of_a_sealed_interface_apart() {
        assertThat(read(new Grid(new Neighbours.Moore(1)))).isNotEqualTo(read(new Grid(new Neighbours.Neumann(1))));
    }

    @Test
    void should_change_the_hash_when_another_class_is_written_alike() {
        assertThat(hash(Map.of("rule", new Neighbours.Moore(1))))
                .isEqualTo(hash(Map.of("rule", new Neighbours.Moore(1))))
                .isNotEqualTo(hash(Map.of("rule", new Neighbours.Neumann(1))));
        assertThat(hash(List.of(new Neighbours.Moore(1), new Neighbours.Neumann(1))))
                .isNotEqualTo(hash(List.of(new Neighbours.Neumann(1), new Neighbours.Moore(1))));
        assertThat(hash(new Object[] {new Neighbours.Moore(1)}))
                .isNotEqualTo(hash(new Object[] {new Neighbours.Neumann(1)}));
        assertThat(Identities.of(new Ruled(new Low(1))).hash())
                .isEqualTo(Identities.of(new Ruled(new Low(1))).hash())
                .isNotEqualTo(Identities.of(new Ruled(new High(1))).hash());
        assertThat(hash(Map.of("a", 1, "b", Set.of(1, 2)))).isEqualTo(hash(Map.of("b", List.of(1, 2), "a", 1)));
    }

    private static String hash(Object configuration) {
        return Identities.of(new Told(configuration)).hash();
    }

    @Test
    void should_change_the_hash_when_the_configuration_changes() {
        assertThat(Identities.of(new Told(1)).hash())
                .isEqualTo(Identities.of(new Told(1)).hash())
                .isNotEqualTo(Identities.of(new Told(2)).hash())
                .isNotEqualTo(Identities.of(new Told(null)).hash())
                .isNotEqualTo(Identities.of(new Told("1")).hash());
    }

    @Test
    void should_name_fields_and_remedy_when_state_is_not_covered() {
        assertThatThrownBy(() -> read(new Heir()))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("demo has state (rate, table)")
                .hasMessageContaining("override configuration()")
                .hasMessageContaining("transient");
    }

    @Test
    void should_ask_for_a_static_class_when_the_job_holds_the_instance_around_it() {
        assertThatThrownBy(() -> read(new Inner()))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("inner class")
                .hasMessageContaining("make it a static nested class");
    }

    @Test
    void should_name_the_variables_when_an_anonymous_job_captures_them() {
        int limit = Arrays.hashCode(new int[] {1});
        Job<Integer, Integer> job = local(limit);

        assertThatThrownBy(() -> read(job))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("captures variables (limit)")
                .hasMessageContaining("make it a static nested class");
    }

    private static Job<Integer, Integer> local(int limit) {
        return new Simple() {
            @Override
            public Integer run(Integer params, Experiment experiment) {
                return limit;
            }
        };
    }

    @Test
    void should_want_a_version_when_a_function_captures_variables() {
        double rate = Math.random();

        assertThatThrownBy(() -> Identities.of(
                        Job.of("f", "", Integer.class, Double.class, (Integer p, Experiment e) -> p * rate)))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("The function of f captures 1 variable of type double")
                .hasMessageContaining("give Job.of a version");
        assertThat(Identities.of(Job.of(
                                "f", "rate 1", Integer.class, Double.class, (Integer p, Experiment e) -> p * rate))
                        .configuration())
                .isNull();
    }

    @Test
    void should_want_a_configuration_even_when_there_is_a_version() {
        Job<Integer, Integer> job = new Stateful() {
            @Override
            public String version() {
                return "1";
            }
        };

        assertThatThrownBy(() -> Identities.of(job))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("rate, table");
    }

    @Test
    void should_refuse_when_the_configuration_cannot_be_read() {
        List<Object> cyclic = new ArrayList<>();
        cyclic.add(cyclic);
        Job<Integer, Integer> throwing = new Stateless() {
            @Override
            public Object configuration() {
                throw new IllegalStateException("not yet");
            }
        };

        assertThatThrownBy(() -> read(throwing))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("configuration of demo cannot be read")
                .hasMessageContaining("not yet");
        assertThatThrownBy(() -> read(new Told(cyclic)))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("configuration of demo")
                .hasMessageContaining("itself");
        assertThatThrownBy(() -> read(new Told(new Broken())))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("configuration of demo");
        assertThatThrownBy(() -> read(new Told(new Object())))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("configuration of demo");
    }
}
