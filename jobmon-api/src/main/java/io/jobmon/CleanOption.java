package io.jobmon;

/**
 * What {@link JobMon#clean(String, CleanOption...)} may do beside.
 *
 * @since 0.1
 */
public enum CleanOption {
    /** Cleans also while workers run experiments of the job: their outcomes are lost. */
    RUNNING_TOO
}
