/** What tests of the whole need from the inside of jobmon-cli. */
package io.jobmon.cli;
