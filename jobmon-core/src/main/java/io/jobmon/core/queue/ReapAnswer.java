package io.jobmon.core.queue;

import java.util.List;

/**
 * What a reap found.
 *
 * @param taken claims taken from workers that went silent
 * @param given indices given back
 * @param suspects indices lost for the second time
 * @param dead indices lost for the third time, alone
 * @param state the sweep's state
 * @param workers who was silent
 */
public record ReapAnswer(long taken, long given, long suspects, long dead, String state, List<String> workers) {}
