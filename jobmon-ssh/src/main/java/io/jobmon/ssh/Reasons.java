package io.jobmon.ssh;

import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.TimeoutException;

/** What an exception of the network or of files means, in words for users. */
final class Reasons {

    private Reasons() {}

    /** Whether something failed because its thread was interrupted, which SSHJ says by its own exceptions. */
    static boolean isInterrupt(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedException || cause.getClass() == InterruptedIOException.class) {
                return true;
            }
        }
        return false;
    }

    /** Why something failed. */
    static String of(Throwable failure) {
        if (failure instanceof UnknownHostException) {
            return "there is no machine of this name";
        }
        if (failure instanceof NoRouteToHostException) {
            return "no way leads to it";
        }
        if (failure instanceof ConnectException) {
            return "nothing listens on this port";
        }
        if (failure instanceof SocketTimeoutException || failure instanceof TimeoutException) {
            return "it does not answer";
        }
        if (failure instanceof NoSuchFileException) {
            return "it is not there";
        }
        if (failure instanceof AccessDeniedException) {
            return "you may not read it";
        }
        if (failure instanceof FileSystemException file && file.getReason() != null) {
            return file.getReason();
        }
        Throwable cause = failure.getCause();
        if (cause != null && cause != failure && !(failure instanceof FileSystemException)) {
            return of(cause);
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
