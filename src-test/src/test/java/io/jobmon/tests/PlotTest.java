package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.CommandJob;
import io.jobmon.Experiment;
import io.jobmon.Job;
import io.jobmon.JobMon;
import io.jobmon.JobMonException;
import io.jobmon.ParamSpace;
import io.jobmon.Plot;
import io.jobmon.Results;
import io.jobmon.Sweep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures of sweeps that were run. */
class PlotTest {

    private static JobMon jobmon;
    private static Sweep<Params, Outcome> sweep;

    @TempDir
    private Path folder;

    enum Kind {
        SLOW,
        FAST
    }

    record Params(double x, Kind kind) {}

    record Inner(double mean) {}

    record Outcome(double y, boolean even, Inner inner, String note, double x) {}

    static final class Study implements Job<Params, Outcome> {
        @Override
        public Outcome run(Params params, Experiment experiment) {
            int k = experiment.replicate();
            double y = params.x() * (params.kind() == Kind.FAST ? 2 : 1) + k;
            return new Outcome(y, k % 2 == 0, new Inner(k), "text", y);
        }
    }

    @BeforeAll
    static void open() {
        jobmon = JobMon.local(2);
        sweep = jobmon.post(new Study())
                .describe("how y grows & falls")
                .replicates(3)
                .sweep(ParamSpace.grid().axis("x", 1, 2, 4).axis("kind", (Object[]) Kind.values()));
        sweep.await();
    }

    @AfterAll
    static void close() {
        jobmon.close();
    }

    private Path written(Plot plot) throws IOException {
        Path file = folder.resolve("plot.png");
        plot.write(file);
        assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(800);
        try (var files = Files.list(folder)) {
            assertThat(files).as("nothing else is left").containsExactly(file);
        }
        return file;
    }

    @Test
    void should_be_pictures_when_written() throws IOException {
        Results<Params, Outcome> results = sweep.results();
        byte[] one = Files.readAllBytes(written(results.plot().line("x", "y").at("kind", Kind.FAST)));
        byte[] same = Files.readAllBytes(written(results.plot().line("x", "y").at("kind", "FAST")));
        byte[] other = Files.readAllBytes(written(results.plot().line("x", "y").at("kind", Kind.SLOW)));
        assertThat(same).isEqualTo(one);
        assertThat(other).isNotEqualTo(one);

        written(results.plot().line("x", "even").series("kind").logX());
        written(results.plot().heatMap("x", "kind", "inner.mean"));
        written(results.plot().histogram("inner.mean"));
        written(results.plot().scatter("y", "inner.mean"));
        written(results.plot().scatter("parameter.x", "result.x"));
    }

    @Test
    void should_say_job_and_description_when_there_is_no_title() throws Exception {
        Path file = folder.resolve("plot.svg");
        sweep.results()
                .plot()
                .line("x", "y")
                .series("kind")
                .label("x", "time", "s")
                .write(file);

        var document =
                DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(file.toFile());
        assertThat(document.getElementsByTagName("title").item(0).getTextContent())
                .isEqualTo("Study: how y grows & falls");
        assertThat(document.getElementsByTagName("desc").item(0).getTextContent())
                .isEqualTo("means of 3 replicates, 95 % intervals; along x: time (s); along y: mean of y; kind = SLOW;"
                        + " kind = FAST");
    }

    @Test
    void should_be_refused_at_once_when_a_field_is_none() {
        Plot plot = sweep.results().plot();
        assertThatThrownBy(() -> plot.line("x", "yy"))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("no field 'yy'");
        assertThatThrownBy(() -> plot.histogram("note"))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("is of type String");
        assertThatThrownBy(() -> plot.scatter("x", "y"))
                .isInstanceOf(JobMonException.class)
                .hasMessageContainingAll("'parameter.x'", "'result.x'");
    }

    @Test
    void should_know_the_outcomes_of_programs_when_drawn() throws IOException {
        Path file = folder.resolve("plot.png");
        CommandJob<Map<String, Object>> maps =
                CommandJob.of("maps", "echo", "{{\"y\": {x}, \"ok\": true, \"word\": \"w\"}}");
        Sweep<Map<String, Object>, Map<String, Object>> some = jobmon.post(maps).sweep("x", 1, 2, 3);
        some.await();
        written(some.results().plot().line("x", "y").label("y", "what it prints"));
        written(some.results().plot().scatter("x", "ok"));
        assertThatThrownBy(() -> some.results().plot().line("x", "z").write(file))
                .isInstanceOf(JobMonException.class)
                .hasMessageContainingAll("no field 'z'", "y");
        assertThatThrownBy(() -> some.results().plot().histogram("word").write(file))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("not a number");

        Sweep<Map<String, Object>, Double> numbers = jobmon.post(
                        CommandJob.of("numbers", "echo", "{x}").outcome(Double.class))
                .sweep("x", 1, 2, 3);
        numbers.await();
        written(numbers.results().plot().line("x", "value"));

        Sweep<Map<String, Object>, String> texts = jobmon.post(
                        CommandJob.of("texts", "echo", "{x}").outcome(String.class, output -> output.stdout()))
                .sweep("x", List.of(1, 2));
        texts.await();
        assertThatThrownBy(() -> texts.results().plot().line("x", "value"))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("is of type String");
    }
}
