package io.jobmon.core.queue;

import io.jobmon.JobMonException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** Texts kept for people: compressed in Redis (zlib, RFC 1950). */
final class Packed {

    private Packed() {}

    static byte[] pack(byte[] text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflate = new DeflaterOutputStream(out)) {
            deflate.write(text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return out.toByteArray();
    }

    static byte[] unpack(byte[] packed, int limit) {
        try (InflaterInputStream inflate = new InflaterInputStream(new ByteArrayInputStream(packed))) {
            return inflate.readNBytes(limit);
        } catch (IOException e) {
            throw new JobMonException("A compressed text in Redis is damaged.", e);
        }
    }
}
