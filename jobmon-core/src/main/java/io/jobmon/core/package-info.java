/** Composition root: finds its parts, opens and closes them. */
@NullMarked
package io.jobmon.core;

import org.jspecify.annotations.NullMarked;
