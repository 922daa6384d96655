package io.jobmon.spi;

import java.util.List;

/** What a space is made of. Thread safety: immutable. */
public sealed interface SpaceSpec {

    /**
     * All combinations; the last axis is the fastest.
     *
     * @param axes the axes
     */
    record Grid(List<NamedAxis> axes) implements SpaceSpec {

        /** Copies the list. */
        public Grid {
            axes = List.copyOf(axes);
        }
    }

    /**
     * One parameter of a grid.
     *
     * @param name the parameter
     * @param axis its values
     */
    record NamedAxis(String name, AxisSpec axis) {}

    /**
     * Points one by one.
     *
     * @param names the parameters
     * @param rows a value for each parameter, in order
     */
    record Points(List<String> names, List<List<Object>> rows) implements SpaceSpec {

        /** Copies the lists. */
        public Points {
            names = List.copyOf(names);
            rows = List.copyOf(rows);
        }
    }
}
