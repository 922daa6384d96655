package io.jobmon.core.host;

import io.jobmon.Host;
import io.jobmon.LocalHost;
import io.jobmon.spi.HostEntry;
import io.jobmon.spi.HostKind;
import io.jobmon.spi.HostSettings;

/** This machine in jobmon.yaml: {@code local: true}. */
public final class LocalKind implements HostKind {

    /** Called by {@link java.util.ServiceLoader}. */
    public LocalKind() {}

    @Override
    public String key() {
        return "local";
    }

    @Override
    public Host read(HostEntry entry, HostSettings settings) {
        if (!entry.text("local").orElse("").equals("true")) {
            throw entry.refusal("local", "write 'local: true'");
        }
        LocalHost named = LocalHost.slots(1).name(settings.name());
        return settings.workdir().equals(HostSettings.WORKDIR)
                ? settings.on(named).workdir(".jobmon-" + settings.name().replaceAll("[^A-Za-z0-9._-]", "_"))
                : settings.on(named);
    }
}
