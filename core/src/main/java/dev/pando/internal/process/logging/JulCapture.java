package dev.pando.internal.process.logging;

import dev.pando.internal.process.output.LoggedRecord;
import java.util.function.Consumer;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Takes what is logged by {@code java.util.logging}, and with it by {@code System.Logger} and by SLF4J on the JDK's
 * logger. Any thread may log.
 */
final class JulCapture extends Handler {
    private final Consumer<LoggedRecord> records;
    private final LogLibrary slf4j;

    /** Puts parameters into a message, and finds its translation. */
    private final Formatter formatter = new SimpleFormatter();

    private JulCapture(Consumer<LoggedRecord> records, LogLibrary slf4j) {
        this.records = records;
        this.slf4j = slf4j;
    }

    /** Takes the place of the handlers of the root logger. */
    static void install(Consumer<LoggedRecord> records, LogLibrary slf4j) {
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
            handler.close();
        }
        root.addHandler(new JulCapture(records, slf4j));
    }

    @Override
    public void publish(LogRecord record) {
        String message = formatter.formatMessage(record);
        records.accept(new LoggedRecord(
                record.getMillis(),
                record.getLevel().intValue(),
                String.valueOf(record.getLoggerName()),
                Thread.currentThread().getName(),
                String.valueOf(message),
                slf4j.context(),
                record.getThrown()));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
