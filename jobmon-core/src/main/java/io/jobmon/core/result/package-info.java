/** Reading, following, summarising, exporting. */
@NullMarked
package io.jobmon.core.result;

import org.jspecify.annotations.NullMarked;
