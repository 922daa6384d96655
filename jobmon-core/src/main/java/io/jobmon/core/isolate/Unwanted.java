package io.jobmon.core.isolate;

/** Thrown out of the start of a child that nobody wants any more. */
final class Unwanted extends RuntimeException {

    private static final long serialVersionUID = 1;
}
