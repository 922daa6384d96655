package io.jobmon.core.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.JobMonException;
import io.jobmon.Plot;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is not drawn. */
class PlotRefusalTest {

    @TempDir
    private Path folder;

    private final TestSource source = new TestSource("beta", "kind")
            .row(2, 1, 0.0, "a")
            .row(2, -3, 2.0, "a")
            .row(2, 3, 2.0, "b")
            .result(-4, 1, 0.0, "a");

    private Plot plot() {
        return new DefaultPlot(source);
    }

    private void write(Plot plot) {
        plot.write(folder.resolve("x.png"));
    }

    private void refused(ThrowingCallable call, String... parts) {
        assertThatThrownBy(call).isInstanceOf(JobMonException.class).hasMessageContainingAll(parts);
        assertThat(source.saved).isEmpty();
    }

    @Test
    void should_name_the_near_one_when_an_axis_or_a_field_is_unknown() {
        refused(() -> plot().line("betta", "y"), "no axis 'betta'", "beta, kind", "did you mean 'beta'?");
        refused(() -> plot().line("beta", "y").series("kinde"), "did you mean 'kind'?");
        refused(() -> plot().heatMap("beta", "y", "y"), "no axis 'y'");
        refused(() -> plot().at("kin", 1), "did you mean 'kind'?");
        refused(() -> plot().scatter("beta", "yy"), "no axis or field 'yy'", "beta, kind, y, z");
        refused(() -> plot().histogram("beta"), "no field beta");
        refused(() -> plot().label("betta", "x"), "to label", "did you mean 'beta'?");
        refused(() -> plot().line(null, "y"), "no axis 'null'");
        refused(() -> plot().line("beta", null), "field is null");
        refused(() -> plot().scatter(null, "y"), "name is null");
        refused(() -> plot().title(null), "title is null");
        refused(() -> plot().at("kind", null), "value of the axis 'kind' is null");
    }

    @Test
    void should_say_what_fits_together_when_choices_do_not() {
        refused(() -> write(plot()), "Nothing is to be drawn", "call line");
        refused(() -> plot().line("beta", "y").histogram("y"), "is a line plot already");
        refused(() -> plot().histogram("y").series("kind"), "series is for a line plot", "a histogram");
        refused(() -> plot().series("kind"), "none yet");
        refused(() -> plot().line("beta", "y").bins(3), "bins is for a histogram");
        refused(() -> plot().line("beta", "y").logColour(), "logColour is for a heat map");
        refused(() -> plot().line("beta", "y").series("beta"), "cannot be drawn twice");
        refused(() -> plot().heatMap("beta", "beta", "y"), "cannot be drawn twice");
        refused(() -> plot().histogram("y").bins(0), "1 to 1000");
        refused(() -> plot().size(100, 300), "200 to 8000");
        refused(() -> plot().size(300, 9000), "200 to 8000");
    }

    @Test
    void should_say_how_to_choose_when_an_axis_is_left_free() {
        refused(
                () -> write(plot().line("beta", "y")),
                "The axis 'kind' is not drawn and has 2 values: a, b.",
                "at(\"kind\", \"a\")",
                "series(\"kind\")");
        TestSource three = new TestSource("a", "b", "c").row(1, 1, 1, 1, 1).row(1, 2, 1, 1, 2);
        refused(
                () -> new DefaultPlot(three).heatMap("a", "b", "y").write(folder.resolve("x.png")),
                "The axis 'c' is not drawn and has 2 values: 1, 2. Take one of them by at(\"c\", 1).");
    }

    @Test
    void should_name_the_value_when_a_logarithmic_scale_cannot_show_it() {
        refused(() -> write(plot().line("beta", "y").series("kind").logX()), "axis 'beta' has the value 0", "positive");
        refused(
                () -> write(plot().line("beta", "y").series("kind").logY()),
                "mean of 'y' is -3.0",
                "beta=2.0",
                "leave logY() out");
        refused(() -> write(plot().heatMap("beta", "kind", "y").logY()), "axis 'kind'", "not all numbers");
        refused(() -> write(plot().heatMap("beta", "kind", "y").logColour()), "is -3.0", "leave logColour() out");
        refused(() -> write(plot().histogram("y").logX()), "has the value -4.0", "leave logX() out");
        refused(() -> write(plot().scatter("z", "y").logY()), "'y' has the value -4.0");
    }

    @Test
    void should_say_so_when_there_is_nothing_to_draw() {
        TestSource empty = new TestSource("p").row(0, 0, 1);
        Path file = folder.resolve("x.png");
        refused(() -> new DefaultPlot(empty).line("p", "y").write(file), "no results", "await the sweep");
        refused(() -> new DefaultPlot(empty).histogram("y").write(file), "no results");
        refused(() -> new DefaultPlot(empty).scatter("p", "y").write(file), "no results");
        TestSource vague = new TestSource("p").row(2, Double.NaN, 1).result(Double.NaN, 1, 1);
        refused(() -> new DefaultPlot(vague).line("p", "y").write(file), "No value of 'y' is a finite number");
        refused(() -> new DefaultPlot(vague).histogram("y").write(file), "No value of 'y' is a finite number");
        TestSource far = new TestSource("p").result(-1e308, 0, 1).result(1e308, 0, 1);
        refused(() -> new DefaultPlot(far).scatter("p", "y").write(file), "too far to be drawn");
        refused(() -> write(plot().line("beta", "y").at("kind", "c")), "No result has kind = c; there are a, b.");
        refused(() -> write(plot().histogram("y").at("kind", "c")), "No result has kind = c");
    }

    @Test
    void should_say_what_to_draw_instead_when_there_is_too_much_of_it() {
        TestSource many = new TestSource("p", "n");
        for (int n = 0; n < 13; n++) {
            many.row(2, n, 1, n);
        }
        refused(
                () -> new DefaultPlot(many).line("p", "y").series("n").write(folder.resolve("x.png")),
                "has 13 values, and 12 lines",
                "heat map");
        TestSource wide = new TestSource("p", "n");
        for (int p = 0; p <= HeatMap.MOST; p++) {
            wide.row(2, 1, p, 1);
        }
        refused(
                () -> new DefaultPlot(wide).heatMap("p", "n", "y").write(folder.resolve("x.png")),
                "has 1001 values, and a heat map shows 1000");
    }

    @Test
    void should_say_where_it_can_go_when_the_file_is_wrong() {
        Plot plot = plot().line("beta", "y").series("kind");
        refused(() -> plot.write(folder.resolve("x.pdf")), ".png or .svg");
        refused(() -> plot.write(folder.resolve("png")), ".png or .svg");
        refused(() -> plot.write(null), "file is null");
        refused(() -> plot.write(folder.resolve("none/x.png")), "no folder", "none", "make it first");
    }

    @Test
    void should_want_numbers_when_dots_are_drawn() {
        refused(() -> write(plot().scatter("kind", "y")), "axis 'kind' holds 'a'", "no number");
    }
}
