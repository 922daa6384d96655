/**
 * What is live and may be lost: log lines and progress, from workers to whoever listens (ZeroMQ) and to syslog. It changes no
 * state, and it never keeps an experiment waiting. The ways in are {@link io.jobmon.core.telemetry.Relay} for a worker, and
 * {@link io.jobmon.core.telemetry.Collector} for who listens.
 */
@NullMarked
package io.jobmon.core.telemetry;

import org.jspecify.annotations.NullMarked;
