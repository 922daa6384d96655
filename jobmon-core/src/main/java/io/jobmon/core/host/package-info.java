/** Where workers run: what they need is brought to hosts, workers are started there, looked after and stopped. */
@NullMarked
package io.jobmon.core.host;

import org.jspecify.annotations.NullMarked;
