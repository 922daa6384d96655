/** Hosts reached over SSH, and batch schedulers on top of any command channel. */
@NullMarked
package io.jobmon.ssh;

import org.jspecify.annotations.NullMarked;
