package io.jobmon.spi;

import io.jobmon.JobMonException;
import io.jobmon.ParamSpace;

/** A space that tells the engine what it is made of. All spaces of JobMon do. */
public interface SpecifiedSpace {

    /**
     * What the space is made of.
     *
     * @return the parts
     */
    SpaceSpec spec();

    /**
     * What a space is made of.
     *
     * @param space the space
     * @return the parts
     * @throws JobMonException if it is null
     */
    static SpaceSpec of(ParamSpace space) {
        if (space instanceof SpecifiedSpace specified) {
            return specified.spec();
        }
        throw new JobMonException("The space is null; give one, such as ParamSpace.grid().axis(\"p\", 1, 2, 3).");
    }
}
