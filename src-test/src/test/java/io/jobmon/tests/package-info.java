/** What tests the whole. */
@NullMarked
package io.jobmon.tests;

import org.jspecify.annotations.NullMarked;
