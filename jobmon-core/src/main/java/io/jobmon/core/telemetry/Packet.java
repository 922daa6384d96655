package io.jobmon.core.telemetry;

import io.jobmon.LogLine;
import io.jobmon.ProgressLine;
import io.jobmon.core.codec.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * What a worker sends at once, as JSON, the second part deflated (zlib, RFC 1950): who it is, how many entries there were so far, and what was said. Whoever reads it
 * believes nothing: what is not as it should be is left out.
 *
 * @param total how many entries the worker had for this listener so far, these and those that were left out among them
 * @param epoch by which the worker tells this account from earlier ones with the same listener
 * @param worker the worker's id
 * @param lines log lines
 * @param progress how far experiments are
 */
record Packet(long total, String epoch, String worker, List<LogLine> lines, List<ProgressLine> progress) {

    /** A batch has at most so many entries, and about so many characters. */
    static final int ENTRIES = 512;

    static final int CHARACTERS = 48 << 10;

    /** No honest packet is larger: a character is at most six bytes in JSON, and the last entry comes on top. */
    static final int MOST_BYTES = 6 * (CHARACTERS + 2 * Entry.LONGEST) + 4096;

    private static final int NAME = 255;
    private static final Packet NOTHING = new Packet(0, "", "", List.of(), List.of());

    static byte[] head(String worker, String host, String epoch, long total) {
        return bytes(Map.of("worker", worker, "host", host, "epoch", epoch, "total", total));
    }

    static byte[] body(List<Entry> batch) {
        List<Object> lines = new ArrayList<>();
        List<Object> progress = new ArrayList<>();
        for (Entry entry : batch) {
            if (entry.isLine()) {
                lines.add(List.of(entry.millis(), entry.level(), entry.job(), entry.experiment(), entry.text()));
            } else {
                progress.add(List.of(entry.millis(), entry.job(), entry.experiment(), entry.progress()));
            }
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("lines", lines);
        body.put("progress", progress);
        return deflated(bytes(body));
    }

    /** Encrypting costs more than this for each byte. */
    private static byte[] deflated(byte[] text) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflate = new DeflaterOutputStream(out, deflater)) {
            deflate.write(text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } finally {
            deflater.end();
        }
        return out.toByteArray();
    }

    private static byte[] inflated(byte[] packed) {
        try (InflaterInputStream inflate = new InflaterInputStream(new ByteArrayInputStream(packed))) {
            return inflate.readNBytes(MOST_BYTES + 1);
        } catch (IOException e) {
            return new byte[0];
        }
    }

    private static byte[] bytes(Map<String, ?> map) {
        return Json.text(map).getBytes(StandardCharsets.UTF_8);
    }

    static Packet read(byte[] head, byte[] body) {
        Map<?, ?> who = object(head);
        Map<?, ?> what = object(inflated(body));
        String worker = text(who.get("worker"), NAME);
        String host = text(who.get("host"), NAME);
        if (worker.isEmpty()) {
            return NOTHING;
        }
        List<LogLine> lines = new ArrayList<>();
        if (what.get("lines") instanceof List<?> all) {
            for (Object each : all) {
                if (each instanceof List<?> line
                        && line.size() == 5
                        && line.get(0) instanceof Long millis
                        && inTime(millis)
                        && lines.size() < ENTRIES) {
                    lines.add(new LogLine(
                            Instant.ofEpochMilli(millis),
                            text(line.get(1), NAME),
                            host,
                            worker,
                            text(line.get(2), NAME),
                            text(line.get(3), NAME),
                            text(line.get(4), Entry.LONGEST)));
                }
            }
        }
        List<ProgressLine> progress = new ArrayList<>();
        if (what.get("progress") instanceof List<?> all) {
            for (Object each : all) {
                if (each instanceof List<?> line
                        && line.size() == 4
                        && line.get(0) instanceof Long millis
                        && inTime(millis)
                        && line.get(3) instanceof Number number
                        && number.doubleValue() >= 0
                        && number.doubleValue() <= 1
                        && progress.size() < ENTRIES) {
                    progress.add(new ProgressLine(
                            Instant.ofEpochMilli(millis),
                            host,
                            worker,
                            text(line.get(1), NAME),
                            text(line.get(2), NAME),
                            number.doubleValue()));
                }
            }
        }
        return new Packet(
                who.get("total") instanceof Long total ? total : 0,
                text(who.get("epoch"), NAME),
                worker,
                lines,
                progress);
    }

    private static Map<?, ?> object(byte[] json) {
        return json.length > MOST_BYTES ? Map.of() : Json.object(new String(json, StandardCharsets.UTF_8));
    }

    /** Instants that can be shown: four-digit years. */
    private static boolean inTime(long millis) {
        return millis >= 0 && millis < 253_402_300_800_000L;
    }

    private static String text(@Nullable Object value, int longest) {
        if (!(value instanceof String text)) {
            return "";
        }
        String shown = text.length() <= longest ? text : text.substring(0, longest);
        return harmless(shown) ? shown : shown.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}&&[^\\t\\n]]", "?");
    }

    private static boolean harmless(String text) {
        for (int k = 0; k < text.length(); k++) {
            char c = text.charAt(k);
            if (c < ' ' && c != '\t' && c != '\n' || c > '~') {
                return false;
            }
        }
        return true;
    }
}
