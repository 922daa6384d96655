package io.jobmon.core.codec;

import io.jobmon.JobMonException;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The records that a sealed interface permits, by simple name: what is read from Redis can only name one of these.
 *
 * @param tag the property that holds the simple name, unlike any component
 * @param byName the records
 */
record SealedRecords(String tag, Map<String, Class<?>> byName) {

    private static final ClassValue<SealedRecords> KNOWN = new ClassValue<>() {
        @Override
        protected SealedRecords computeValue(Class<?> type) {
            Map<String, Class<?>> records = new LinkedHashMap<>();
            collect(type, type, records);
            return new SealedRecords(tag(records), records);
        }
    };

    static SealedRecords of(Class<?> sealed) {
        return KNOWN.get(sealed);
    }

    /** Whether a sealed type leads to records alone. */
    static boolean fits(Class<?> type) {
        if (type.isRecord()) {
            return true;
        }
        if (!type.isSealed() || !type.isInterface()) {
            return false;
        }
        for (Class<?> permitted : type.getPermittedSubclasses()) {
            if (!fits(permitted)) {
                return false;
            }
        }
        return true;
    }

    private static void collect(Class<?> root, Class<?> type, Map<String, Class<?>> records) {
        for (Class<?> permitted : type.getPermittedSubclasses()) {
            if (!permitted.isRecord()) {
                collect(root, permitted, records);
                continue;
            }
            Class<?> other = records.putIfAbsent(permitted.getSimpleName(), permitted);
            if (other != null && other != permitted) {
                throw new JobMonException("Two records of the sealed interface " + root.getName() + " have the name "
                        + permitted.getSimpleName() + ": " + other.getName() + " and " + permitted.getName()
                        + "; rename one, results are stored under the simple name.");
            }
        }
    }

    private static String tag(Map<String, Class<?>> records) {
        for (Class<?> record : records.values()) {
            for (RecordComponent component : record.getRecordComponents()) {
                if (component.getName().equals("type")) {
                    return "@type";
                }
            }
        }
        return "type";
    }
}
