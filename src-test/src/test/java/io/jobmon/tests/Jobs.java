package io.jobmon.tests;

import io.jobmon.Experiment;
import io.jobmon.Job;
import io.jobmon.NoParams;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Jobs of every kind that the contract names. */
final class Jobs {

    private Jobs() {}

    record Params(double p, int n) {}

    record Outcome(boolean spans, double largest) {}

    /** A job as a plain class. */
    static final class Plain implements Job<Params, Outcome> {
        @Override
        public Outcome run(Params params, Experiment experiment) {
            return new Outcome(params.p() > 0.5, params.p() * params.n());
        }
    }

    /** A job with a configuration: its components. */
    record Scaled(double factor) implements Job<Params, Double> {
        @Override
        public Double run(Params params, Experiment experiment) {
            return factor * params.p() * params.n();
        }
    }

    static final class Bean {
        private double rate;
        private String label = "";

        public double getRate() {
            return rate;
        }

        public void setRate(double rate) {
            this.rate = rate;
        }

        public String getLabel() {
            return label;
        }

        public void setLabel(String label) {
            this.label = label;
        }

        static Bean of(double rate, String label) {
            Bean bean = new Bean();
            bean.setRate(rate);
            bean.setLabel(label);
            return bean;
        }
    }

    /** Beans in, beans out. */
    static final class OfBeans implements Job<Bean, Bean> {
        @Override
        public Bean run(Bean params, Experiment experiment) {
            return Bean.of(2 * params.getRate(), params.getLabel() + "!");
        }
    }

    /** Maps in, maps out. */
    static final class OfMaps implements Job<Map<String, Object>, Map<String, Object>> {
        @Override
        public Map<String, Object> run(Map<String, Object> params, Experiment experiment) {
            Map<String, Object> outcome = new LinkedHashMap<>(params);
            outcome.put("size", params.size());
            return outcome;
        }
    }

    /** No parameters at all. */
    static final class OfNothing implements Job<NoParams, Integer> {
        @Override
        public Integer run(NoParams params, Experiment experiment) {
            return experiment.replicate();
        }
    }

    static final class OfInteger implements Job<Integer, Long> {
        @Override
        public Long run(Integer value, Experiment experiment) {
            return value * 10L;
        }
    }

    static final class OfDouble implements Job<Double, Double> {
        @Override
        public Double run(Double value, Experiment experiment) {
            return value / 2;
        }
    }

    static final class OfString implements Job<String, String> {
        @Override
        public String run(String value, Experiment experiment) {
            return value + value;
        }
    }

    enum Scheme {
        EULER,
        HEUN
    }

    static final class OfEnum implements Job<Scheme, Scheme> {
        @Override
        public Scheme run(Scheme value, Experiment experiment) {
            return value;
        }
    }

    record Inner(double mean, List<Double> path) {}

    record Nested(Inner inner, int[] counts, Map<String, Integer> byName, Scheme scheme) {}

    static final class ToNested implements Job<Integer, Nested> {
        @Override
        public Nested run(Integer value, Experiment experiment) {
            return new Nested(
                    new Inner(value / 2.0, List.of(1.0, Double.NaN, Double.POSITIVE_INFINITY)),
                    new int[] {value, -value},
                    Map.of("a", value),
                    Scheme.HEUN);
        }
    }

    static final class ToList implements Job<Integer, List<Inner>> {
        @Override
        public List<Inner> run(Integer value, Experiment experiment) {
            return List.of(new Inner(value, List.of()), new Inner(-value, List.of(0.5)));
        }
    }

    static final class ToArray implements Job<Integer, double[]> {
        @Override
        public double[] run(Integer value, Experiment experiment) {
            return new double[] {value, Double.NaN, Double.NEGATIVE_INFINITY};
        }
    }

    sealed interface Verdict permits Converged, Diverged {}

    record Converged(int steps, double at) implements Verdict {}

    record Diverged(String why) implements Verdict {}

    static final class ToSealed implements Job<Integer, Verdict> {
        @Override
        public Verdict run(Integer value, Experiment experiment) {
            return value % 2 == 0 ? new Converged(value, 0.25) : new Diverged("odd " + value);
        }
    }

    static final class ToNaN implements Job<Integer, Double> {
        @Override
        public Double run(Integer value, Experiment experiment) {
            return switch (value) {
                case 0 -> Double.NaN;
                case 1 -> Double.POSITIVE_INFINITY;
                default -> Double.NEGATIVE_INFINITY;
            };
        }
    }
}
