package io.jobmon.spi;

import io.jobmon.CommandJob;
import io.jobmon.Host;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a jobmon.yaml says. At most one of {@code address} and {@code local} is there. Thread safety: immutable.
 *
 * @param file the file
 * @param address tells the URI of Redis; of {@code redis: { file: .. }} the file is read at each call, for it may be made later
 * @param local the folder of {@code local:}, absolute
 * @param jobs the command jobs by name, in the order of the file
 * @param defaults how each of them is posted unless the user says otherwise, by name
 * @param hosts the hosts, in the order of the file; none if it lists none
 */
public record Project(
        Path file,
        Optional<Supplier<String>> address,
        Optional<Path> local,
        Map<String, CommandJob<?>> jobs,
        Map<String, JobDefaults> defaults,
        List<Host> hosts) {

    /**
     * Copies lists and maps.
     *
     * @param file the file
     * @param address tells the URI of Redis
     * @param local the folder
     * @param jobs the jobs
     * @param defaults how they are posted
     * @param hosts the hosts
     */
    public Project {
        jobs = Collections.unmodifiableMap(new LinkedHashMap<>(jobs));
        defaults = Collections.unmodifiableMap(new LinkedHashMap<>(defaults));
        hosts = List.copyOf(hosts);
    }

    /**
     * The URI of Redis. It may hold a password: never print it.
     *
     * @return the URI, empty if the file has no {@code redis:}
     * @throws io.jobmon.JobMonException if the file that holds it is not there, holds no URI, or can be read by others
     */
    public Optional<String> redis() {
        return address.map(Supplier::get);
    }

    /** Without the URI. */
    @Override
    public String toString() {
        return file + ": jobs " + jobs.keySet() + ", hosts "
                + hosts.stream().map(Host::name).toList();
    }
}
