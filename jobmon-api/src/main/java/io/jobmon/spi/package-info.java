/** How jobmon-api and the engine (jobmon-core) find and understand each other. No contract for users. */
@NullMarked
package io.jobmon.spi;

import org.jspecify.annotations.NullMarked;
