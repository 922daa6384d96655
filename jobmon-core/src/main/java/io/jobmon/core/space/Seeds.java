package io.jobmon.core.space;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * The seed of an experiment: SHA-256 over a version, the master seed, the canonical parameters and the replicate. It depends
 * neither on the index nor on where, when or how often the experiment runs.
 *
 * <p>Thread safety: no state.
 */
public final class Seeds {

    private static final byte VERSION = 1;
    private static final RandomGeneratorFactory<RandomGenerator> FACTORY =
            RandomGeneratorFactory.of("L64X128MixRandom");

    private Seeds() {}

    /**
     * The seed.
     *
     * @param master the sweep's seed
     * @param parameters canonical parameters; the empty string with common random numbers
     * @param replicate from 0
     * @return 32 bytes
     */
    public static byte[] of(long master, String parameters, int replicate) {
        byte[] text = parameters.getBytes(StandardCharsets.UTF_8);
        ByteBuffer input = ByteBuffer.allocate(1 + Long.BYTES + Integer.BYTES * 2 + text.length)
                .put(VERSION)
                .putLong(master)
                .putInt(text.length)
                .put(text)
                .putInt(replicate);
        try {
            return MessageDigest.getInstance("SHA-256").digest(input.array());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The seed as a number.
     *
     * @param seed what {@link #of} returned
     * @return its first 8 bytes
     */
    public static long first(byte[] seed) {
        return ByteBuffer.wrap(seed).getLong();
    }

    /**
     * A generator of that seed: the same stream on every JDK.
     *
     * <p>It is made from seven bits of each byte. Where JDK-8282144 is not mended (17.0.15 is such a JDK), a byte above 127
     * overwrites those before it: other JDKs draw other numbers then, and more than half of a million streams share their first.
     *
     * @param seed what {@link #of} returned
     * @return a new L64X128MixRandom
     */
    public static RandomGenerator generator(byte[] seed) {
        byte[] state = new byte[seed.length];
        for (int i = 0; i < seed.length; i++) {
            state[i] = (byte) (seed[i] & 0x7f);
        }
        return FACTORY.create(state);
    }
}
