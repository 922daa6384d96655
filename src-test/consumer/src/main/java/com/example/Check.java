package com.example;

import io.jobmon.JobMonException;

/** Ends a program that does not do what it should. */
final class Check {
    private Check() {}

    static void that(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError("not so: " + what);
        }
        System.out.println("  " + what);
    }

    /** The action must be refused with a message that holds these words. */
    static void refused(String because, Runnable action) {
        if (because.isBlank()) {
            throw new IllegalArgumentException("every message holds nothing; give words");
        }
        try {
            action.run();
        } catch (JobMonException e) {
            that(e.getMessage().contains(because), "refused: " + e.getMessage());
            return;
        }
        throw new AssertionError("not refused, with words such as: " + because);
    }
}
