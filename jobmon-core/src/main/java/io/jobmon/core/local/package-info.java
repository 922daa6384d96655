/** The embedded Redis. */
@NullMarked
package io.jobmon.core.local;

import org.jspecify.annotations.NullMarked;
