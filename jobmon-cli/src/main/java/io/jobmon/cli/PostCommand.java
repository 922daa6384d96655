package io.jobmon.cli;

import io.jobmon.Job;
import io.jobmon.JobMon;
import io.jobmon.ParamSpace;
import io.jobmon.Posting;
import io.jobmon.ProgressBar;
import io.jobmon.Sweep;
import io.jobmon.spi.JobDefaults;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Posts a job. */
abstract class PostCommand extends RedisCommand {

    /**
     * What is to be posted.
     *
     * @param job the job
     * @param description what it is about, if that is said
     * @param replicates how often each point is run, if that is said
     * @param space the points
     */
    record Post(Job<?, ?> job, Optional<String> description, OptionalInt replicates, ParamSpace space) {}

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private PostOptions options;

    @Option(names = "--wait", description = "Wait until it has ended, with a bar; exit code 1 if experiments failed.")
    private boolean wait;

    @Option(names = "--json", description = "Say what was posted as JSON.")
    private boolean json;

    /** Reads the arguments; nothing is connected before they are known to be right. */
    abstract Post post();

    @Override
    final int execute() {
        Post post = post();
        try (JobMon jobmon = connect()) {
            Sweep<?, ?> sweep = posted(
                    jobmon, post.job(), post, options, defaults(post.job().name()));
            told(sweep, post);
            if (!wait && !isLocal()) {
                return 0;
            }
            return Waiting.on(sweep, ProgressBar.console(), this);
        }
    }

    static <P, R> Sweep<P, R> posted(
            JobMon jobmon, Job<P, R> job, Post post, PostOptions options, JobDefaults defaults) {
        Posting<P, R> posting = options.on(jobmon.post(job), defaults);
        post.description().or(defaults::description).ifPresent(posting::describe);
        if (post.replicates().isPresent()) {
            posting.replicates(post.replicates().getAsInt());
        } else {
            defaults.replicates().ifPresent(posting::replicates);
        }
        return posting.sweep(post.space());
    }

    private void told(Sweep<?, ?> sweep, Post post) {
        long points = post.space().size();
        if (json) {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("sweep", sweep.id());
            tree.put("job", sweep.jobHash());
            tree.put("name", post.job().name());
            tree.put("points", points);
            tree.put("replicates", sweep.size() / points);
            tree.put("size", sweep.size());
            out().println(JsonText.of(tree));
            return;
        }
        out().println(sweep.id());
        say(post.job().name() + " " + Texts.shortly(sweep.jobHash()) + ": " + Texts.count(points, "point") + " x "
                + Texts.count(sweep.size() / points, "run")
                + (isLocal() ? "" : ". Follow it: " + program() + " watch " + Texts.shortly(sweep.id())));
    }
}
