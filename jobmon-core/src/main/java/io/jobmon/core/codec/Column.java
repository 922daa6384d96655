package io.jobmon.core.codec;

import java.util.function.Function;

/**
 * A column of a table of outcomes.
 *
 * @param name the field, nested ones with dots
 * @param cell takes the text of the cell out of a value: numbers in shortest form, enums by name, lists and maps as JSON,
 *     nothing for null; not quoted
 * @param <R> the outcome
 */
public record Column<R>(String name, Function<R, String> cell) {}
