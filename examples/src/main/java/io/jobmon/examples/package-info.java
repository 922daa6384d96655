/** Runnable mains on real simulations. */
@NullMarked
package io.jobmon.examples;

import org.jspecify.annotations.NullMarked;
