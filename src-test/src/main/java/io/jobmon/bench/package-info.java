/** Benchmarks: mains that measure and print. Ratios within one run count, absolute numbers are the machine's. */
@NullMarked
package io.jobmon.bench;

import org.jspecify.annotations.NullMarked;
