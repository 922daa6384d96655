/** JSON in and out, canonical form, limits. The only importer of Jackson. */
@NullMarked
package io.jobmon.core.codec;

import org.jspecify.annotations.NullMarked;
