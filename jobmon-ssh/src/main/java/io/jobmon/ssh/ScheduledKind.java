package io.jobmon.ssh;

import io.jobmon.Host;
import io.jobmon.spi.HostEntry;
import io.jobmon.spi.HostKind;
import io.jobmon.spi.HostSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A batch scheduler in jobmon.yaml: {@code slurm: { ssh: login }} or {@code slurm: local}. */
abstract class ScheduledKind<H extends ScheduledHost<H>> implements HostKind {

    private final String key;

    ScheduledKind(String key) {
        this.key = key;
    }

    @Override
    public final String key() {
        return key;
    }

    abstract H over(SshHost login);

    abstract H local();

    /** The partition or the queue. */
    abstract H queue(H host, HostEntry entry);

    @Override
    public final Host read(HostEntry entry, HostSettings settings) {
        Optional<HostEntry> login = entry.entry(key);
        H host;
        if (login.isPresent()) {
            host = over(SshKind.machine(login.get()));
        } else if (entry.text(key).orElse("").equals("local")) {
            host = local();
        } else {
            throw entry.refusal(key, "write '" + key + ": { ssh: login }', or '" + key + ": local'");
        }
        host = (settings.slots() == 0 ? settings.slots(1) : settings).on(host);
        OptionalInt workers = entry.number("workers");
        Optional<Duration> time = entry.time("time");
        host = workers.isPresent() ? host.workers(workers.getAsInt()) : host;
        host = time.isPresent() ? host.time(time.get()) : host;
        for (Map.Entry<String, String> option : entry.map("options").entrySet()) {
            host = host.option(option.getKey(), option.getValue());
        }
        return queue(host, entry);
    }
}
