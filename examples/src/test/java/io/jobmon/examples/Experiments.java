package io.jobmon.examples;

import io.jobmon.Experiment;
import java.lang.reflect.Proxy;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Experiments that know nothing but their random numbers. */
final class Experiments {

    private Experiments() {}

    static Experiment seeded(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        return (Experiment) Proxy.newProxyInstance(
                Experiment.class.getClassLoader(), new Class<?>[] {Experiment.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("random")) {
                        return random;
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }
}
