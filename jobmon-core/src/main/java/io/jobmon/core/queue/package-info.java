/** The state of sweeps in Redis: keys, Lua scripts, their Java face. The only importer of Lettuce. */
@NullMarked
package io.jobmon.core.queue;

import org.jspecify.annotations.NullMarked;
