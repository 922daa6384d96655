package io.jobmon.spi;

import io.jobmon.JobMonException;
import io.jobmon.Sweep;
import java.util.Map;

/** Sweeps for who has not got the code of their jobs. The engine's {@link io.jobmon.JobMon} is one of these. */
public interface StoredSweeps {

    /**
     * Takes up a sweep to watch it, to read it, to cancel it.
     *
     * @param sweepId {@link Sweep#id()}
     * @return the sweep: parameters and outcomes are names and values, as they are stored; an outcome that has no names is
     *     called {@code value}. {@link Sweep#replay} is refused
     * @throws JobMonException if there is no such sweep
     */
    Sweep<Map<String, Object>, Map<String, Object>> stored(String sweepId);
}
