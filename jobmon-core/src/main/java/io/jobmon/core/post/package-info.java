/** A job and a space become one entry in the queue; resume, extension. */
@NullMarked
package io.jobmon.core.post;

import org.jspecify.annotations.NullMarked;
