package io.jobmon.core.identity;

import io.jobmon.CommandJob;
import io.jobmon.Job;
import io.jobmon.spi.TypedJob;

/** Where a job's code begins. */
final class Origin {

    private static final String LAMBDA = "$$Lambda";

    private Origin() {}

    static boolean isLambda(Class<?> type) {
        return type.getName().contains(LAMBDA) && (type.isHidden() || type.isSynthetic());
    }

    /** The object whose class holds the code: the job, or the function of {@link Job#of}. */
    static Object object(Job<?, ?> job) {
        return job instanceof TypedJob typed ? typed.code() : job;
    }

    /** The class where the code begins; of a lambda, the class it is written in; of a bare command, that of its outcome. */
    static Class<?> of(Job<?, ?> job) {
        Class<?> type = object(job).getClass();
        if (job instanceof CommandJob<?> command && type == CommandJob.class) {
            return outcome(command, type);
        }
        if (!isLambda(type)) {
            return type;
        }
        String name = type.getName();
        try {
            return Class.forName(name.substring(0, name.indexOf(LAMBDA)), false, type.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            return type.getNestHost();
        }
    }

    private static Class<?> outcome(CommandJob<?> command, Class<?> otherwise) {
        Class<?> type = command.outcomeType() instanceof Class<?> outcome ? outcome : otherwise;
        while (type.isArray()) {
            type = type.getComponentType();
        }
        return type.isPrimitive() ? otherwise : type;
    }

    /** The class that the source file is named after, as far as the class files tell. */
    static Class<?> outermost(Class<?> type) {
        Class<?> outermost = type;
        try {
            while (outermost.getEnclosingClass() != null) {
                outermost = outermost.getEnclosingClass();
            }
            return outermost;
        } catch (LinkageError e) {
            return outermost.getNestHost();
        }
    }
}
