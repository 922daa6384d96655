package io.jobmon;

import java.nio.file.Path;
import java.util.List;

/**
 * A program as it travels to hosts: its class path, the files of its command jobs, and data, each file known by its content.
 * Made by {@link Fleet#sync}; for those who write a {@link Host} of their own.
 *
 * <p>Thread safety: immutable.
 *
 * @param id a digest of class path and job files: equal for equal programs; data are not part of it
 * @param files the files, class path first, in its order
 * @param withData whether data are to be brought, too; false for {@link Fleet#quickSync}
 * @param keep how many bundles stay on the host, besides those that workers run from
 * @param watch hears what is moved; a host may leave it alone
 * @since 0.1
 */
public record Bundle(String id, List<File> files, boolean withData, int keep, Watch watch) {

    /** Hears how far a host has come with a bundle. */
    public interface Watch {

        /** Does not listen. */
        Watch NONE = (lacking, moved) -> {};

        /**
         * Told as often as anything is known.
         *
         * @param lacking bytes that the host lacked
         * @param moved bytes of them that are there now
         */
        void moved(long lacking, long moved);
    }

    /** What a file is for. */
    public enum Use {
        /** A jar of the class path. */
        CLASS_PATH,
        /** A file of a command job, under its name. */
        JOB_FILE,
        /** Data, at a path that the user names. */
        DATA
    }

    /**
     * A file of a bundle.
     *
     * @param use what it is for
     * @param name a jar's file name; a job file's name; of data the path on the host, absolute or below the workers' folder
     * @param path where it lies here
     * @param size bytes
     * @param sha256 64 hexadecimal digits over its content
     * @param executable whether it may be run
     */
    public record File(Use use, String name, Path path, long size, String sha256, boolean executable) {}

    /**
     * Copies the list.
     *
     * @param id the digest
     * @param files the files
     * @param withData whether data are brought
     * @param keep how many bundles stay
     * @param watch hears what is moved
     */
    public Bundle {
        files = List.copyOf(files);
    }

    /**
     * The same, watched by another.
     *
     * @param other hears what is moved
     * @return the bundle
     */
    public Bundle watch(Watch other) {
        return new Bundle(id, files, withData, keep, other);
    }
}
