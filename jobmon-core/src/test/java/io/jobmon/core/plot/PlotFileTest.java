package io.jobmon.core.plot;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobmon.Plot;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

/** Pictures as they are written. */
class PlotFileTest {

    @TempDir
    private Path folder;

    static double lightness(int rgb) {
        return 0.2126 * linear(rgb >> 16 & 255) + 0.7152 * linear(rgb >> 8 & 255) + 0.0722 * linear(rgb & 255);
    }

    private static double linear(int coded) {
        return Math.pow(coded / 255.0, 2.2);
    }

    private BufferedImage png(TestSource source, Plot plot) throws IOException {
        plot.write(folder.resolve("plot.png"));
        return ImageIO.read(new ByteArrayInputStream(source.saved));
    }

    private Document svg(TestSource source, Plot plot) throws Exception {
        plot.write(folder.resolve("plot.SVG"));
        assertThat(new String(source.saved, StandardCharsets.UTF_8)).doesNotContain("<!DOCTYPE");
        return DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(source.saved));
    }

    private static String text(Document document, String element) {
        return document.getElementsByTagName(element).item(0).getTextContent();
    }

    @Test
    void should_have_the_size_asked_for_when_a_png() throws IOException {
        TestSource source = new TestSource("p").row(3, 1, 0.1).row(3, 2, 0.2);

        BufferedImage image = png(source, new DefaultPlot(source).line("p", "y").size(321, 234));

        assertThat(image.getWidth()).isEqualTo(321);
        assertThat(image.getHeight()).isEqualTo(234);
        assertThat(image.getRGB(2, 2) & 0xffffff).isEqualTo(0xffffff);
    }

    @Test
    void should_be_lighter_where_the_mean_is_higher_when_a_heat_map() throws IOException {
        TestSource source = new TestSource("a", "b");
        for (int a = 0; a < 3; a++) {
            for (int b = 0; b < 2; b++) {
                if (a != 2 || b != 1) {
                    source.row(2, a + 10 * b, a, b);
                }
            }
        }
        BufferedImage image = png(source, new DefaultPlot(source).heatMap("a", "b", "y"));

        // A grid that is coarse enough to hit all cells; none of the points is on a border.
        int width = image.getWidth();
        int height = image.getHeight();
        List<Double> lower = new ArrayList<>();
        List<Double> upper = new ArrayList<>();
        for (double across : new double[] {0.2, 0.45}) {
            lower.add(lightness(image.getRGB((int) (across * width), (int) (0.75 * height))));
            upper.add(lightness(image.getRGB((int) (across * width), (int) (0.3 * height))));
        }
        assertThat(lower.get(0)).isLessThan(lower.get(1));
        assertThat(lower.get(1)).isLessThan(upper.get(0));
        assertThat(upper.get(0)).isLessThan(upper.get(1));
        int missing = image.getRGB((int) (0.68 * width), (int) (0.22 * height));
        assertThat(missing & 0xffffff).isEqualTo(Ramp.MISSING.getRGB() & 0xffffff);
    }

    @Test
    void should_be_the_same_bytes_when_written_again() throws IOException {
        TestSource source = new TestSource("p", "n").row(3, 1, 0.1, "a").row(3, 2, 0.2, "b");
        Plot plot = new DefaultPlot(source).line("p", "y").series("n");
        png(source, plot);
        byte[] first = source.saved;
        png(source, plot);

        assertThat(source.saved).isEqualTo(first);
    }

    @Test
    void should_be_well_formed_and_say_title_and_labels_when_an_svg() throws Exception {
        TestSource source = new TestSource("p", "n").row(3, 1, 0.1, "a").row(3, 2, 0.2, "<b>");
        Plot plot = new DefaultPlot(source)
                .line("p", "y")
                .series("n")
                .title("a < b & \"c\"")
                .label("p", "density", "kg/m\u00b3")
                .label("y", "share");

        Document document = svg(source, plot);

        assertThat(text(document, "title")).isEqualTo("a < b & \"c\"");
        assertThat(text(document, "desc"))
                .isEqualTo("means of 3 replicates, 95 % intervals; along x: density (kg/m\u00b3); along y: share;"
                        + " n = a; n = <b>");
        assertThat(document.getDocumentElement().getAttribute("viewBox")).isEqualTo("0 0 800 560");
        assertThat(document.getElementsByTagName("path").getLength()).isGreaterThan(10);
    }

    @Test
    void should_be_named_after_job_and_description_when_there_is_no_title() throws Exception {
        TestSource source =
                new TestSource("p").result(1, 2, 0.1).result(2, 3, 0.2).row(1, 5, 0.1);

        assertThat(text(svg(source, new DefaultPlot(source).histogram("y")), "title"))
                .isEqualTo(source.heading);
        assertThat(text(svg(source, new DefaultPlot(source).scatter("p", "y").title("")), "title"))
                .isEmpty();
    }

    @Test
    void should_be_drawn_when_values_are_extreme() throws IOException {
        TestSource source = new TestSource("p")
                .row(2, 1e300, 1e-300)
                .row(2, -1e300, 1)
                .row(1, 0, 1e300)
                .result(1e-320, -1e307, 1e-300)
                .result(1e307, 1e307, 1e300);

        for (Plot plot : List.of(
                new DefaultPlot(source).line("p", "y"),
                new DefaultPlot(source).line("p", "y").logX(),
                new DefaultPlot(source).histogram("y"),
                new DefaultPlot(source).histogram("z"),
                new DefaultPlot(source).scatter("y", "z"),
                new DefaultPlot(source).scatter("y", "p").logX().logY())) {
            assertThat(png(source, plot).getWidth()).isEqualTo(800);
        }
    }

    @Test
    void should_be_drawn_when_there_is_one_value_of_everything() throws IOException {
        TestSource source = new TestSource("p", "q").row(2, 5, 0, "x").result(3, 0, 0, "x");

        for (Plot plot : List.of(
                new DefaultPlot(source).line("p", "y"),
                new DefaultPlot(source).line("q", "y").series("p"),
                new DefaultPlot(source).heatMap("p", "q", "y"),
                new DefaultPlot(source).histogram("y"),
                new DefaultPlot(source).histogram("y").logX().logY(),
                new DefaultPlot(source).scatter("p", "y").size(200, 200))) {
            assertThat(png(source, plot).getHeight()).isPositive();
        }
    }

    @Test
    void should_be_drawn_when_texts_are_very_long() throws IOException {
        String word = "long".repeat(300);
        TestSource source = new TestSource("p", "q").row(2, 5, word + 1, word).row(2, 6, word + 2, word);
        source.heading = word + " " + word + " " + word;

        assertThat(png(
                                source,
                                new DefaultPlot(source)
                                        .line("p", "y")
                                        .series("q")
                                        .label("p", word, word)
                                        .size(200, 200))
                        .getWidth())
                .isEqualTo(200);
        assertThat(png(source, new DefaultPlot(source).heatMap("p", "q", "y").label("y", word))
                        .getWidth())
                .isEqualTo(800);
    }
}
