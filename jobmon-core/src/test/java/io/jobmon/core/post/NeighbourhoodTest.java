package io.jobmon.core.post;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobmon.Sweep;
import io.jobmon.core.identity.GitState;
import io.jobmon.core.queue.SweepMeta;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a person is told after a post. */
class NeighbourhoodTest extends PostCase {

    private static final GitState UNKNOWN = new GitState("", false, false);
    private static final Duration LONG = Duration.ofDays(1);

    private final List<String> said = new ArrayList<>();

    private SweepMeta posted(String version) {
        Sweep<Integer, Integer> sweep =
                poster(null, LONG).post(percolation(version)).sweep("value", 1, 2, 3);
        return queue().sweeps().meta(sweep.id()).orElseThrow();
    }

    private Neighbourhood at(GitState state) {
        return new Neighbourhood(context(null, LONG), () -> state, said::add);
    }

    @Test
    void should_name_both_commits_when_the_same_code_comes_from_another() {
        SweepMeta meta = posted("1");
        at(new GitState("aaaa", false, true)).say(meta);
        at(new GitState("aaaa", false, true)).say(meta);
        at(UNKNOWN).say(meta);
        assertThat(said).isEmpty();

        at(new GitState("bbbb", true, true)).say(meta);

        assertThat(said)
                .containsExactly("The job Percolation " + meta.identity().job().substring(0, 8)
                        + " was posted from the commit aaaa before, now from bbbb (dirty): its code is the same.");
        assertThat(commands().hget("jobmon:jobs:githashes", meta.identity().job()))
                .isEqualTo("bbbb (dirty)");
    }

    @Test
    void should_give_the_line_that_cancels_it_when_a_sweep_of_other_code_is_open() {
        SweepMeta old = posted("1");
        SweepMeta done = posted("0");
        queue().sweeps().cancel(done.id());
        SweepMeta meta = posted("2");
        Neighbourhood neighbourhood = at(UNKNOWN);

        neighbourhood.own(meta);
        neighbourhood.say(meta);
        neighbourhood.say(meta);

        assertThat(said)
                .containsExactly("The sweep " + old.id() + " of Percolation with other code or configuration ("
                        + old.identity().job().substring(0, 8)
                        + ") is still open, 0 of 3 done. To cancel it: jobmon.attach(\"" + old.id()
                        + "\", job).cancel()");
    }

    @Test
    void should_be_silent_when_this_program_posted_the_other_too() {
        SweepMeta one = posted("1");
        SweepMeta two = posted("2");
        Neighbourhood neighbourhood = at(UNKNOWN);

        neighbourhood.own(one);
        neighbourhood.own(two);
        neighbourhood.say(one);
        neighbourhood.say(two);

        assertThat(said).isEmpty();
    }

    @Test
    void should_say_how_much_is_missing_when_results_will_not_fit() {
        Sweep<Integer, Integer> sweep = poster(null, LONG)
                .post(percolation("1"))
                .replicates(1_000_000)
                .sweep("value", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        commands().configSet("maxmemory", "100mb");
        try {
            at(UNKNOWN).say(queue().sweeps().meta(sweep.id()).orElseThrow());
        } finally {
            commands().configSet("maxmemory", "0");
        }

        assertThat(said).hasSize(1);
        assertThat(said.get(0)).contains(sweep.id(), "286 MiB", "Raise maxmemory");
    }
}
