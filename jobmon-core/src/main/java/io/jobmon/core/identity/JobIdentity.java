package io.jobmon.core.identity;

import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * What a job is: two jobs with one hash do the same. Made by {@link Identities}.
 *
 * @param name the job's name
 * @param base 40 hex digits over name, code (or version) and configuration
 * @param hash 40 hex digits over base and the content of the input files; equal to base if there are none
 * @param parameterType the type of the parameters, without free type variables
 * @param outcomeType the type of the outcome, without free type variables
 * @param configuration the configuration as canonical JSON, or null if there is none
 */
public record JobIdentity(
        String name,
        String base,
        String hash,
        Type parameterType,
        Type outcomeType,
        @Nullable String configuration) {}
