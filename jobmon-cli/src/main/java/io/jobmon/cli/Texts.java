package io.jobmon.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers and texts as people read them. */
final class Texts {

    private static final int SHORT_HASH = 12;
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private Texts() {}

    /** As much of a hash or id as people want to type. */
    static String shortly(String hash) {
        return hash.substring(0, Math.min(SHORT_HASH, hash.length()));
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String count(long number, String one) {
        return count(number) + " " + one + (number == 1 ? "" : "s");
    }

    static String rate(double perSecond) {
        return perSecond == 0 ? "-" : String.format(Locale.ROOT, perSecond < 10 ? "%.2f/s" : "%,.0f/s", perSecond);
    }

    static String time(Duration time) {
        long seconds = time.toSeconds();
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return String.format(Locale.ROOT, "%d:%02d min", seconds / 60, seconds % 60);
        }
        return String.format(Locale.ROOT, "%d:%02d h", seconds / 3600, seconds / 60 % 60);
    }

    /** A time as the person's clock shows it. */
    static String moment(Instant time) {
        return MOMENT.format(time.atZone(ZoneId.systemDefault()));
    }

    /** A number in a table: six digits are enough for the eye. */
    static String number(double number) {
        if (Double.isNaN(number)) {
            return "-";
        }
        if (number == Math.rint(number) && Math.abs(number) < 1e6) {
            return Long.toString((long) number);
        }
        String text = String.format(Locale.ROOT, "%.6g", number);
        return text.contains("e") || text.indexOf('.') < 0 ? text : text.replaceFirst("\\.?0+$", "");
    }

    /** One line, without what moves a terminal's cursor. */
    static String line(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ").replaceAll("[\\p{Cc}\\p{Cf}]", "?");
    }
}
