/** Drawing. */
@NullMarked
package io.jobmon.core.plot;

import org.jspecify.annotations.NullMarked;
