package dev.pando.internal.process.logging;

import dev.pando.internal.process.output.LoggedRecord;
import java.lang.System.Logger.Level;

/** {@code System.Logger}, where the program has put a library of its own behind it. */
final class SystemTarget implements LogTarget {
    @Override
    public void log(LoggedRecord logged) {
        System.getLogger(logged.logger()).log(levelOf(logged.level()), logged.message(), logged.thrown());
    }

    private static Level levelOf(int number) {
        if (number > LoggedRecord.INFO) {
            return number > LoggedRecord.WARNING ? Level.ERROR : Level.WARNING;
        }
        if (number == LoggedRecord.INFO) {
            return Level.INFO;
        }
        return number >= LoggedRecord.DEBUG ? Level.DEBUG : Level.TRACE;
    }
}
