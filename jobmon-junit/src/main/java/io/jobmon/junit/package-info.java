/** Sweeps driven from JUnit: a connection for each test, a test for each experiment, assertions on what came out. */
@NullMarked
package io.jobmon.junit;

import org.jspecify.annotations.NullMarked;
