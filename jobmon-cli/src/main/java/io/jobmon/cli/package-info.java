/** The {@code jm} commands, for a program of its own or inside a user's main: {@link io.jobmon.cli.JobMonCli}. */
@NullMarked
package io.jobmon.cli;

import org.jspecify.annotations.NullMarked;
