package io.jobmon.core.local;

/**
 * Which process a head is.
 *
 * @param process the process
 * @param machine the machine's name: a folder may be seen by several
 */
record HeadRecord(ServerRecord process, String machine) {}
