package io.jobmon.core.local;

import java.util.function.IntSupplier;

/**
 * Where a server is to listen.
 *
 * @param address of this machine, as a number
 * @param password what clients have to know
 * @param ports the ports to try, one after the other
 * @param fixed whether there is but one port to try
 */
record Endpoint(ListenAddress address, String password, IntSupplier ports, boolean fixed) {

    /** Without the password. */
    @Override
    public String toString() {
        return "Endpoint[" + address + "]";
    }
}
