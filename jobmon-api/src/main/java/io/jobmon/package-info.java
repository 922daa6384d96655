/**
 * What a program imports to run parameter sweeps: a {@link io.jobmon.Job}, {@link io.jobmon.JobMon} to post it,
 * a {@link io.jobmon.Sweep} to follow, {@link io.jobmon.Results} to read.
 */
@NullMarked
package io.jobmon;

import org.jspecify.annotations.NullMarked;
