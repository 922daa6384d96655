package io.jobmon.core.space;

import io.jobmon.JobMonException;
import io.jobmon.ParamSpace;
import io.jobmon.Point;
import io.jobmon.core.codec.ParameterType;
import io.jobmon.spi.SpaceSpec;
import io.jobmon.spi.SpecifiedSpace;
import io.jobmon.spi.ValuePoint;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A space bound to the parameters of a job: from index to parameters and back, a pure function of the specification that a
 * sweep carries. Poster and worker both read it from that text, so that they cannot differ.
 *
 * <p>Thread safety: immutable.
 *
 * @param <P> the parameters
 */
public final class Space<P> {

    /** The most bytes of a specification. */
    public static final int MAX_SPECIFICATION = 1 << 20;

    /** The most bytes of the canonical parameters of a point. */
    public static final int MAX_PARAMETERS = 64 << 10;

    private final String specification;
    private final Layout layout;
    private final ParameterType.Binder<P> binder;

    private Space(String specification, Layout layout, ParameterType.Binder<P> binder) {
        this.specification = specification;
        this.layout = layout;
        this.binder = binder;
    }

    /**
     * Binds a user's space to a job's parameters.
     *
     * @param space the space
     * @param type the parameters
     * @param <P> the parameters
     * @return the bound space
     * @throws JobMonException if names are unknown or missing, a value does not fit its parameter, two values become one when
     *     they are bound, or the specification or a point is too large
     */
    public static <P> Space<P> of(ParamSpace space, ParameterType<P> type) {
        SpaceSpec spec = SpecifiedSpace.of(space);
        String text = SpecificationWriter.write(spec, type);
        int bytes = Layout.bytes(text);
        if (bytes > MAX_SPECIFICATION) {
            throw new JobMonException(String.format(
                    Locale.ROOT,
                    "The specification of the space is %,d bytes of JSON; the limit is %,d. Compute values with Axis.range,"
                            + " linspace or logspace instead of listing them, make a grid of the points, or take several"
                            + " sweeps.",
                    bytes,
                    MAX_SPECIFICATION));
        }
        Space<P> bound = read(text, type);
        int largest = bound.layout.largestPoint();
        if (largest > MAX_PARAMETERS) {
            throw new JobMonException(String.format(
                    Locale.ROOT,
                    "The parameters of a point are up to %,d bytes of JSON; the limit is %,d. Write what is large to a file"
                            + " and sweep over its path.",
                    largest,
                    MAX_PARAMETERS));
        }
        return bound;
    }

    /**
     * Reads a stored specification.
     *
     * @param specification what {@link #specification()} returned when the sweep was posted
     * @param type the parameters
     * @param <P> the parameters
     * @return the bound space
     * @throws JobMonException if it comes from a newer JobMon, is damaged, or does not fit the parameters
     */
    public static <P> Space<P> parse(String specification, ParameterType<P> type) {
        if (specification.length() > MAX_SPECIFICATION) {
            throw new JobMonException(
                    "The stored specification of the space is too long to be one; post the sweep again.");
        }
        return read(specification, type);
    }

    private static <P> Space<P> read(String specification, ParameterType<P> type) {
        Layout layout = SpecificationReader.read(specification, type);
        return new Space<>(specification, layout, type.binder(layout.names()));
    }

    /**
     * The text that says it all.
     *
     * @return canonical JSON with a version number; the same for the same content
     */
    public String specification() {
        return specification;
    }

    /**
     * How many points there are.
     *
     * @return the number
     */
    public long size() {
        return layout.size();
    }

    /**
     * The point of an experiment: replicates repeat the points in order.
     *
     * @param index the experiment's index
     * @return the point's index
     */
    public long pointOf(long index) {
        long points = layout.size();
        // A division of longs takes as long as a small experiment.
        return index < points ? index : index % points;
    }

    /**
     * Which run of its point an experiment is.
     *
     * @param index the experiment's index
     * @return the replicate, from 0
     */
    public int replicateOf(long index) {
        long points = layout.size();
        return index < points ? 0 : (int) (index / points);
    }

    /**
     * The names of the parameters.
     *
     * @return the names in the order of the axes; of listed points, in the order of declaration
     */
    public List<String> names() {
        return layout.names();
    }

    /**
     * The parameters at a point; each call makes new ones.
     *
     * @param point the index
     * @return the parameters
     * @throws JobMonException if there is no such point, or the parameters' own constructor refuses the values
     */
    public P params(long point) {
        return binder.bind(layout.bound(checked(point)));
    }

    private long checked(long point) {
        if (point < 0 || point >= layout.size()) {
            throw new JobMonException(
                    "There is no point " + point + "; the space has " + layout.size() + ", counted from 0.");
        }
        return point;
    }

    /**
     * The values at a point, as they are after binding; lists, maps and nested records as lists and maps.
     *
     * @param point the index
     * @return name to value, in the order of {@link #names()}
     * @throws JobMonException if there is no such point
     */
    public Map<String, Object> values(long point) {
        @Nullable Object[] shown = layout.shown(checked(point));
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 0; i < shown.length; i++) {
            values.put(names().get(i), shown[i]);
        }
        return nonNull(Collections.unmodifiableMap(values));
    }

    // Only an empty Optional is shown as null, and readers print what they find.
    @SuppressWarnings({"unchecked", "NullAway"})
    private static Map<String, Object> nonNull(Map<String, ? extends @Nullable Object> map) {
        return (Map<String, Object>) map;
    }

    /**
     * The parameters at a point as JSON: what seeds and equality rest on.
     *
     * @param point the index
     * @return a canonical JSON object
     * @throws JobMonException if there is no such point
     */
    public String canonical(long point) {
        return layout.canonical(checked(point));
    }

    /**
     * The values at a point for users.
     *
     * @param point the index
     * @return the point
     * @throws JobMonException if there is no such point
     */
    public Point point(long point) {
        Map<String, Object> values = values(point);
        return ValuePoint.of(names(), values.values().toArray());
    }

    /**
     * Where a point is.
     *
     * @param canonical what {@link #canonical} of a space of the same job returned
     * @return the index; -1 if this space does not hold it
     */
    public long indexOf(String canonical) {
        return layout.indexOf(canonical);
    }

    /**
     * Finds the points of another space in this one. Tables are made axis by axis, as values are asked for.
     *
     * @param donor a space of the same job
     * @return from the donor's index to this space's; -1 where this space does not hold the point
     */
    public LongUnaryOperator from(Space<P> donor) {
        if (donor.specification.equals(specification)) {
            return LongUnaryOperator.identity();
        }
        if (layout instanceof GridLayout mine && donor.layout instanceof GridLayout other && mine.sameNames(other)) {
            return mine.from(other);
        }
        return point -> indexOf(donor.canonical(point));
    }

    @Override
    public String toString() {
        String text = specification.substring(0, Math.min(200, specification.length()));
        return "Space of " + size() + " points " + text;
    }
}
