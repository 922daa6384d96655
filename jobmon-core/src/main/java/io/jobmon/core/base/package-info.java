/** What several parts need and what knows nothing of jobs. */
@NullMarked
package io.jobmon.core.base;

import org.jspecify.annotations.NullMarked;
