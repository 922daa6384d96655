/** What a job is: name, code digest, configuration, source, git. The only importer of ASM. */
@NullMarked
package io.jobmon.core.identity;

import org.jspecify.annotations.NullMarked;
