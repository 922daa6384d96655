package com.example;

import io.jobmon.Worker;

public final class PercolationWorker {
    public static void main(String[] args) {
        Worker.fromEnvironment()                        // JOBMON_REDIS_FILE, JOBMON_SLOTS, ... set by the launcher
                .job(new Percolation())
                .run();                                 // until told to stop
    }
}
