package io.jobmon.core.plot;

import io.jobmon.JobMonException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Function;

/** What a file can hold. */
enum PictureFormat {
    PNG(picture -> Png.encode(picture)),
    SVG(picture -> Svg.encode(picture));

    private final Function<Picture, byte[]> encoder;

    PictureFormat(Function<Picture, byte[]> encoder) {
        this.encoder = encoder;
    }

    static PictureFormat of(Path file) {
        if (file == null) {
            throw new JobMonException("The file is null; give a path that ends with .png or .svg.");
        }
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        for (PictureFormat format : values()) {
            if (name.endsWith("." + format.name().toLowerCase(Locale.ROOT))) {
                return format;
            }
        }
        throw new JobMonException(file + " cannot be a plot; give a name that ends with .png or .svg.");
    }

    byte[] encode(Picture picture) {
        return encoder.apply(picture);
    }
}
