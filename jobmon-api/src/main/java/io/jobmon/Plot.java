package io.jobmon;

import java.nio.file.Path;

/**
 * A picture of the results of a sweep: first what is drawn ({@link #line}, {@link #heatMap}, {@link #histogram} or {@link
 * #scatter}), then how, then {@link #write}. An <em>axis</em> is a parameter of the sweep; a <em>field</em> is a number or a
 * boolean (taken as 0 and 1) of the outcome, nested ones with dots, {@code value} of a scalar outcome.
 *
 * <pre>{@code
 * sweep.results().plot().line("p", "spans").series("n").write(Path.of("percolation.png"));
 * }</pre>
 *
 * <p>Results are read when the picture is written; those of a running sweep are the ones that are there. Values that are not
 * finite are left out, and a line below the title says how many.
 *
 * <p>Thread safety: immutable; each method returns a copy.
 *
 * @since 0.1
 */
public interface Plot {

    /**
     * Draws the mean of a field over the replicates against an axis, with the 95 % interval of {@link Results#summary}; where
     * a point has fewer than two results there is no interval. On a logarithmic scale an interval that reaches 0 ends at the
     * lower edge.
     *
     * @param axis the axis along x; values that are not numbers stand side by side
     * @param field the field along y
     * @return the plot
     * @throws JobMonException if there is no such axis or field, the field is no number, or something else is drawn already
     */
    Plot line(String axis, String field);

    /**
     * Draws one line for each value of a second axis, at most 12.
     *
     * @param axis the axis
     * @return the plot
     * @throws JobMonException if there is no such axis, or it is no line plot
     */
    Plot series(String axis);

    /**
     * Draws the mean of a field over the replicates as colour over two axes. A cell reaches halfway to its neighbours; one
     * without a result is grey and crossed out. An axis has at most 1,000 values.
     *
     * @param xAxis the axis along x
     * @param yAxis the axis along y
     * @param field the field
     * @return the plot
     * @throws JobMonException if there is no such axis or field, the field is no number, or something else is drawn already
     */
    Plot heatMap(String xAxis, String yAxis, String field);

    /**
     * Draws how often the values of a field occur, over all points and replicates. The bins follow the rule of Freedman and
     * Diaconis (On the histogram as a density estimator, Zeitschrift fuer Wahrscheinlichkeitstheorie und verwandte Gebiete 57
     * (1981), 453-476), at most 200; those of whole numbers have whole widths. If half of the values are the same, the rule of
     * Sturges (Journal of the American Statistical Association 21 (1926), 65-66) takes its place.
     *
     * @param field the field
     * @return the plot
     * @throws JobMonException if there is no such field, it is no number, or something else is drawn already
     */
    Plot histogram(String field);

    /**
     * Sets the number of bins of a histogram.
     *
     * @param bins how many, 1 to 1,000, of equal width
     * @return the plot
     * @throws JobMonException if the number is out of range, or it is no histogram
     */
    Plot bins(int bins);

    /**
     * Draws a dot for each result. Of more than 10,000 a sample of that size is drawn, the same each time, and the picture says
     * so.
     *
     * @param x an axis or a field along x; if there are both of that name, say {@code parameter.x} or {@code result.x}
     * @param y an axis or a field along y
     * @return the plot
     * @throws JobMonException if there is no such axis or field, it is no number, or something else is drawn already
     */
    Plot scatter(String x, String y);

    /**
     * Takes only the results of one value of an axis.
     *
     * @param axis the axis
     * @param value the value; of an enum, the constant or its name
     * @return the plot
     * @throws JobMonException if there is no such axis; a value that the axis does not have is refused by {@link #write}
     */
    Plot at(String axis, Object value);

    /**
     * Sets the title. Without one it is the name of the job and its description.
     *
     * @param title the title, wrapped if it is long; empty for none
     * @return the plot
     */
    Plot title(String title);

    /**
     * Says in words what an axis or a field is.
     *
     * @param name the axis or the field
     * @param text the words
     * @return the plot
     */
    Plot label(String name, String text);

    /**
     * Says in words what an axis or a field is, and its unit.
     *
     * @param name the axis or the field
     * @param text the words
     * @param unit the unit, shown in brackets
     * @return the plot
     */
    Plot label(String name, String text, String unit);

    /**
     * Makes the scale along x logarithmic.
     *
     * @return the plot
     */
    Plot logX();

    /**
     * Makes the scale along y logarithmic.
     *
     * @return the plot
     */
    Plot logY();

    /**
     * Makes the colours of a heat map logarithmic.
     *
     * @return the plot
     * @throws JobMonException if it is no heat map
     */
    Plot logColour();

    /**
     * Sets the size. Without one it is 800 x 560.
     *
     * @param width the width in pixels, 200 to 8,000
     * @param height the height in pixels, 200 to 8,000
     * @return the plot
     * @throws JobMonException if it is out of range
     */
    Plot size(int width, int height);

    /**
     * Reads the results and writes the picture, beside the file first, then renamed. No display is needed, but at least one
     * font is.
     *
     * @param file a file that ends with .png or .svg, replaced if it is there; text in an SVG is drawn as outlines, and is told
     *     once more in its title and description
     * @throws JobMonException if nothing was chosen to be drawn; there are no results; an axis that is not drawn has more than
     *     one value; a logarithmic scale would have to show a value that is not positive; or the file cannot be written
     */
    void write(Path file);
}
