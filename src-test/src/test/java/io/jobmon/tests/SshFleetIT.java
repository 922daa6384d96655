package io.jobmon.tests;

import io.jobmon.spi.ConfiguredHost;
import io.jobmon.ssh.SshMachines;
import org.junit.jupiter.api.AfterEach;

/** The same as on this machine, over SSH. */
class SshFleetIT extends FleetIT {

    private SshMachines machines;

    @Override
    ConfiguredHost<?> host(String name) {
        if (machines == null) {
            machines = new SshMachines(folder);
        }
        return machines.host(name)
                .slots(2)
                .workdir(folder.resolve(name).toString())
                .jvmOptions(workerOptions());
    }

    @Override
    @AfterEach
    void stopAll() {
        super.stopAll();
        if (machines != null) {
            machines.close();
        }
    }
}
