package io.jobmon;

/** The values of one parameter. */
public final class Axis {

    private Axis() {}
}
