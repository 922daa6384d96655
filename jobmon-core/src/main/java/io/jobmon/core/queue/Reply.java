package io.jobmon.core.queue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A script's answer: texts and whole numbers. */
record Reply(List<Object> items) {

    String text(int k) {
        Object item = items.get(k);
        return item instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(item);
    }

    byte[] bytes(int k) {
        return (byte[]) items.get(k);
    }

    long number(int k) {
        return items.get(k) instanceof Long number ? number : Long.parseLong(text(k));
    }

    List<String> from(int k) {
        List<String> rest = new ArrayList<>();
        for (int i = k; i < items.size(); i++) {
            rest.add(text(i));
        }
        return rest;
    }

    boolean is(String first) {
        return text(0).equals(first);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What TIME answers, in ms. */
    static long millis(List<byte[]> time) {
        return Long.parseLong(text(time.get(0))) * 1000 + Long.parseLong(text(time.get(1))) / 1000;
    }

    static byte[] utf8(long number) {
        return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
