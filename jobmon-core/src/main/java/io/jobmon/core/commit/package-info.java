/** Outcomes in batches, one atomic script per batch. */
@NullMarked
package io.jobmon.core.commit;

import org.jspecify.annotations.NullMarked;
