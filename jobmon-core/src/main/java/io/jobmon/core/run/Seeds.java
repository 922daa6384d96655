package io.jobmon.core.run;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * The seed of an experiment: SHA-256 over a version, the master seed, the canonical parameters and the replicate. It depends
 * neither on the index nor on where, when or how often the experiment runs.
 */
final class Seeds {

    private static final byte VERSION = 1;
    private static final RandomGeneratorFactory<RandomGenerator> FACTORY =
            RandomGeneratorFactory.of("L64X128MixRandom");

    private Seeds() {}

    /** The 32 bytes; parameters are the empty string with common random numbers. */
    static byte[] of(long master, String parameters, int replicate) {
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

    static long first(byte[] seed) {
        return ByteBuffer.wrap(seed).getLong();
    }

    static RandomGenerator generator(byte[] seed) {
        return FACTORY.create(seed);
    }
}
