package dev.pando.internal.util;

import org.jspecify.annotations.Nullable;

/**
 * What goes wrong where no caller can be told. The log may need memory that is not there, and then nothing is told,
 * because the work at hand must go on.
 */
public final class FaultLog {
    private FaultLog() {}

    /** Loads this class, and all that it can tell. */
    static void prepare() {
        var _ = FaultKind.ALARM;
    }

    /** @param subject what it happened to, the end of the sentence */
    public static void tell(FaultKind what, @Nullable Object subject, Throwable thrown) {
        try {
            // not in a static field: a class that fails to initialise for want of memory stays so
            System.getLogger("dev.pando").log(what.level, subject == null ? what.text : what.text + subject, thrown);
        } catch (Throwable noMemory) {
            // nothing can be told
        }
    }
}
