package io.jobmon.spi;

import io.jobmon.CommandChannel;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;

/**
 * A batch scheduler, as far as it differs from others: how an array of workers is submitted, seen and cancelled. All else is
 * the engine's.
 */
public interface BatchSystem {

    /**
     * Its name for people.
     *
     * @return such as {@code Slurm}
     */
    String kind();

    /**
     * How many workers an array is to have.
     *
     * @return at least 1
     */
    int workers();

    /**
     * How long a worker may run.
     *
     * @return the walltime
     */
    Duration time();

    /**
     * How a script of a POSIX shell finds the number of the task that it is: an expansion, because some schedulers have two
     * variables for it, and some set none for an array of one.
     *
     * @return such as <code>${SLURM_ARRAY_TASK_ID}</code>
     */
    String taskNumber();

    /**
     * The most workers that one array may have there.
     *
     * @param channel the way to a machine that knows the scheduler
     * @return the number, empty if it has no limit or does not tell
     */
    OptionalInt limit(CommandChannel channel);

    /**
     * Submits an array.
     *
     * @param channel the way to a machine that knows the scheduler
     * @param array what to submit
     * @return the scheduler's id of the array
     * @throws io.jobmon.JobMonException if it is refused, with the scheduler's words, or the answer makes no sense
     */
    String submit(CommandChannel channel, Array array);

    /**
     * Looks what has become of arrays.
     *
     * @param channel the way to a machine that knows the scheduler
     * @param arrays the scheduler's ids
     * @return the tasks that wait or run, in any order; what has ended is left out
     * @throws io.jobmon.JobMonException if the scheduler does not answer, or what it says makes no sense
     */
    List<Task> tasks(CommandChannel channel, Collection<String> arrays);

    /**
     * Sees to it that no more tasks of an array start; those that run go on. An array without such tasks is no error.
     *
     * @param channel the way to a machine that knows the scheduler
     * @param array the scheduler's id
     * @throws io.jobmon.JobMonException if the scheduler refuses, with its words
     */
    void withdraw(CommandChannel channel, String array);

    /**
     * Cancels an array. One that has ended already is no error.
     *
     * @param channel the way to a machine that knows the scheduler
     * @param array the scheduler's id
     * @throws io.jobmon.JobMonException if it cannot be cancelled, with the scheduler's words
     */
    void cancel(CommandChannel channel, String array);

    /**
     * What to submit.
     *
     * @param name what the array is called
     * @param script the absolute path of the script that each task runs
     * @param folder the absolute path of a folder for what tasks print: {@code <task>.out}
     * @param slots how many experiments a worker runs at once: it needs so many cores
     */
    record Array(String name, String script, String folder, int slots) {}

    /**
     * A worker that waits or runs.
     *
     * @param array the scheduler's id of its array
     * @param number its number in the array; 0 stands for all that wait together
     * @param count how many tasks this stands for
     * @param running whether it runs
     * @param remark why it waits, in the scheduler's words, or empty
     */
    record Task(String array, int number, int count, boolean running, String remark) {}
}
