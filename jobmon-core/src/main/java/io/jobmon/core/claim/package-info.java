/** Which sweep next, how many at once, leases, heartbeats, reaping. */
@NullMarked
package io.jobmon.core.claim;

import org.jspecify.annotations.NullMarked;
