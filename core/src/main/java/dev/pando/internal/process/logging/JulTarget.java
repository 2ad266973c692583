package dev.pando.internal.process.logging;

import dev.pando.internal.process.output.LoggedRecord;
import java.time.Instant;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** {@code java.util.logging}, whose records keep their time and level. */
final class JulTarget implements LogTarget {
    private static final List<Level> LEVELS =
            List.of(Level.SEVERE, Level.WARNING, Level.INFO, Level.CONFIG, Level.FINE, Level.FINER);

    @Override
    public void log(LoggedRecord logged) {
        LogRecord record = new LogRecord(levelOf(logged.level()), logged.message());
        record.setLoggerName(logged.logger());
        record.setInstant(Instant.ofEpochMilli(logged.millis()));
        record.setThrown(logged.thrown());
        record.setSourceClassName(null); // or else the JDK would look for the caller, and find this class
        Logger.getLogger(logged.logger()).log(record);
    }

    /** Returns a level that exists: the JDK keeps each that is made, and a worker may name any number. */
    private static Level levelOf(int number) {
        for (Level level : LEVELS) {
            if (number >= level.intValue()) {
                return level;
            }
        }
        return Level.FINEST;
    }
}
