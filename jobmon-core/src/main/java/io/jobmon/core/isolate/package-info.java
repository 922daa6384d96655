/** Processes for experiments that may crash, hang or leak: child JVMs over ZeroMQ, and programs. */
@NullMarked
package io.jobmon.core.isolate;

import org.jspecify.annotations.NullMarked;
