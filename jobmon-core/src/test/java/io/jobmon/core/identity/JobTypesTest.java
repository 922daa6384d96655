package io.jobmon.core.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.Experiment;
import io.jobmon.Job;
import io.jobmon.JobMonException;
import io.jobmon.NoParams;
import java.io.Serializable;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class JobTypesTest {

    record Params(int n) {}

    record Outcome(double x) {}

    static class Plain implements Job<Params, Outcome> {
        @Override
        public Outcome run(Params params, Experiment experiment) {
            return new Outcome(params.n());
        }
    }

    static class Child extends Plain implements Serializable {}

    interface Study<A, B> extends Supplier<String>, Job<B, A> {}

    abstract static class Base<X, Y> implements Study<List<? extends X>, Map<String, Y>> {
        @Override
        public String get() {
            return "";
        }

        @Override
        public List<? extends X> run(Map<String, Y> params, Experiment experiment) {
            return List.of();
        }
    }

    static class Deep extends Base<Outcome, Object> {}

    static class Arrays<T> implements Job<T, T[]> {
        @Override
        @SuppressWarnings("unchecked")
        public T[] run(T params, Experiment experiment) {
            return (T[]) new Object[0];
        }
    }

    static class ArrayOfScalars extends Arrays<Integer> {}

    static class ArrayOfLists extends Arrays<List<Integer>> {}

    @SuppressWarnings("rawtypes")
    static class Raw implements Job {
        @Override
        public Object run(Object params, Experiment experiment) {
            return params;
        }
    }

    @SuppressWarnings("rawtypes")
    static class RawBase extends Arrays {}

    @Test
    void should_read_the_types_when_the_class_gives_them() {
        assertThat(JobTypes.of(new Plain())).isEqualTo(new JobTypes(Params.class, Outcome.class));
        assertThat(JobTypes.of(new Child())).isEqualTo(new JobTypes(Params.class, Outcome.class));
        assertThat(JobTypes.of(new Job<NoParams, Long>() {
                    @Override
                    public Long run(NoParams params, Experiment experiment) {
                        return 1L;
                    }
                }))
                .isEqualTo(new JobTypes(NoParams.class, Long.class));
    }

    @Test
    void should_put_variables_in_when_the_types_come_from_further_up() {
        JobTypes types = JobTypes.of(new Deep());

        assertThat(types.parameters().getTypeName()).isEqualTo("java.util.Map<java.lang.String, java.lang.Object>");
        assertThat(((ParameterizedType) types.parameters()).getRawType()).isEqualTo(Map.class);
        assertThat(((ParameterizedType) types.parameters()).getActualTypeArguments())
                .containsExactly(String.class, Object.class);
        assertThat(types.outcome().getTypeName())
                .isEqualTo("java.util.List<? extends " + Outcome.class.getName() + ">");
        assertThat(types.classes()).isEqualTo(Set.of(Map.class, String.class, Object.class, List.class, Outcome.class));
    }

    @Test
    void should_make_array_types_when_their_element_is_a_variable() {
        assertThat(JobTypes.of(new ArrayOfScalars())).isEqualTo(new JobTypes(Integer.class, Integer[].class));

        JobTypes lists = JobTypes.of(new ArrayOfLists());
        assertThat(lists.outcome()).isInstanceOf(GenericArrayType.class);
        assertThat(((GenericArrayType) lists.outcome()).getGenericComponentType())
                .isEqualTo(lists.parameters());
        assertThat(lists.classes()).isEqualTo(Set.of(List.class, Integer.class));
    }

    @Test
    void should_equal_the_jdk_s_own_types_when_they_say_the_same() throws Exception {
        class Given {
            @SuppressWarnings("unused")
            Map<String, Object> map;

            @SuppressWarnings("unused")
            List<? extends Outcome> list;
        }

        JobTypes types = JobTypes.of(new Deep());
        var map = Given.class.getDeclaredField("map").getGenericType();
        var list = Given.class.getDeclaredField("list").getGenericType();

        assertThat(types.parameters()).isEqualTo(map).hasSameHashCodeAs(map).hasToString(map.toString());
        assertThat(types.outcome()).isEqualTo(list).hasSameHashCodeAs(list).hasToString(list.toString());
        assertThat(map).isEqualTo(types.parameters());
    }

    @Test
    void should_ask_the_job_when_it_was_made_by_Job_of() {
        assertThat(JobTypes.of(Job.of("a", "", Params.class, Outcome.class, (p, e) -> new Outcome(1))))
                .isEqualTo(new JobTypes(Params.class, Outcome.class));
    }

    @Test
    void should_refuse_and_name_Job_of_when_the_types_are_not_told() {
        Job<Params, Outcome> lambda = (params, experiment) -> new Outcome(params.n());

        assertThatThrownBy(() -> JobTypes.of(lambda))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("lambda")
                .hasMessageContaining("Job.of(name, version");
        assertThatThrownBy(() -> JobTypes.of(new Raw()))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("without type arguments")
                .hasMessageContaining("Job.of");
        assertThatThrownBy(() -> JobTypes.of(new RawBase()))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("Job.of");
        assertThatThrownBy(() -> JobTypes.of(new Arrays<Params>()))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("leaves open what its parameters (T)")
                .hasMessageContaining("Job.of");
    }
}
