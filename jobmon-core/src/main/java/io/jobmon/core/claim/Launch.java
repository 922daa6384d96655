package io.jobmon.core.claim;

import io.jobmon.core.run.Allocation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What a launcher has said of a worker.
 *
 * @param id which launch it belongs to; empty if none
 * @param place the name of its host in the fleet, by which it can be told to stop; empty if none
 * @param idle it ends when it has run nothing for so long
 * @param log the file to which the launcher appends what its JVM prints, to be kept from growing
 * @param allocation for how long it may use its machine
 */
public record Launch(String id, String place, Optional<Duration> idle, Optional<Path> log, Allocation allocation) {

    /** Nobody launched it: a worker inside a program. */
    public static final Launch NONE = new Launch("", "", Optional.empty(), Optional.empty(), Allocation.ENDLESS);
}
