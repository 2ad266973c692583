package dev.pando.internal.util;

import org.jspecify.annotations.Nullable;

/**
 * What goes wrong where no caller can be told. The log may need memory that is not there, and then nothing is told,
 * because the work at hand must go on.
 */
public final class FaultLog {
    private FaultLog() {}

    /** Loads this class. */
    static void prepare() {}

    /** @param subject what it happened to, the end of the sentence */
    public static void tell(System.Logger.Level level, String what, @Nullable Object subject, Throwable thrown) {
        try {
            // not in a static field: a class that fails to initialise for want of memory stays so
            System.getLogger("dev.pando").log(level, subject == null ? what : what + subject, thrown);
        } catch (Throwable noMemory) {
            // nothing can be told
        }
    }
}
