package io.jobmon.spi;

import io.jobmon.JobMonException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What jobmon.yaml says of a host. Each method takes its key as read; keys that nobody reads are refused. */
public interface HostEntry {

    /**
     * A text.
     *
     * @param key the key
     * @return the text, empty if the key is not there
     * @throws JobMonException if it is none: the message has line and column
     */
    Optional<String> text(String key);

    /**
     * A whole number.
     *
     * @param key the key
     * @return the number, empty if the key is not there
     * @throws JobMonException if it is none
     */
    OptionalInt number(String key);

    /**
     * A time such as {@code 90s}, {@code 30m}, {@code 4h} or {@code 2d}.
     *
     * @param key the key
     * @return the time, empty if the key is not there
     * @throws JobMonException if it is none
     */
    Optional<Duration> time(String key);

    /**
     * A list of texts; a single text counts as one of a single element.
     *
     * @param key the key
     * @return the texts, empty if the key is not there
     * @throws JobMonException if it is none
     */
    List<String> texts(String key);

    /**
     * Texts by name.
     *
     * @param key the key
     * @return the texts, in their order, empty if the key is not there
     * @throws JobMonException if it is none
     */
    Map<String, String> map(String key);

    /**
     * What stands below a key that has keys of its own.
     *
     * @param key the key
     * @return the entry, empty if the key is not there or has a plain value
     */
    Optional<HostEntry> entry(String key);

    /**
     * Says what is wrong with a value, and where it stands.
     *
     * @param key the key
     * @param why what is wrong, and what to write
     * @return to be thrown
     */
    JobMonException refusal(String key, String why);
}
