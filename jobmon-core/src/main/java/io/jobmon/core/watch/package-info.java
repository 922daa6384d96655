/** What a person sees: progress, status. */
@NullMarked
package io.jobmon.core.watch;

import org.jspecify.annotations.NullMarked;
