/** Slots: parameters, user code, outcome; timeouts, cancellation, shutdown. */
@NullMarked
package io.jobmon.core.run;

import org.jspecify.annotations.NullMarked;
