/** Specification to point(index) and indexOf(point). */
@NullMarked
package io.jobmon.core.space;

import org.jspecify.annotations.NullMarked;
