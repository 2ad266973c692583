package dev.pando.internal.process.logging;

import dev.pando.internal.process.output.LoggedRecord;
import dev.pando.internal.process.output.MarkedStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Has what this worker logs go to the parent as records, in the place of the worker's own handlers and appenders, which
 * the parent has as well: a file that both wrote would be spoiled. Levels stay the worker's own. The main thread's,
 * before any code of the user's.
 */
public final class WorkerLogging {

    private WorkerLogging() {}

    /**
     * Takes what can be taken. A library that resists goes on to print, which is told as lines.
     *
     * @return what resists, and why; {@code null}: nothing
     */
    public static @Nullable String capture() {
        MarkedStream pipe = new MarkedStream();
        Consumer<LoggedRecord> records = new RecordSender(pipe);
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        LogLibrary slf4j = new LogLibrary(loader == null ? WorkerLogging.class.getClassLoader() : loader);
        try {
            JulCapture.install(records, slf4j);
        } catch (NoClassDefFoundError withoutModule) {
            // a run-time image without java.logging: what is logged there is printed
        }
        try {
            LogbackCapture.install(records, slf4j);
            return null;
        } catch (ReflectiveOperationException | RuntimeException | LinkageError other) {
            return "pando: what this worker logs by SLF4J is printed: " + other;
        }
    }

    /** Returns the context without what cannot be written. */
    static Map<String, String> contextOf(@Nullable Map<?, ?> found) {
        if (found == null || found.isEmpty()) {
            return Map.of();
        }
        Map<String, String> context = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : found.entrySet()) {
            context.put(String.valueOf(entry.getKey()), String.valueOf(entry.getValue()));
        }
        return context;
    }

    /** A class, not a lambda, because the first lambda of a worker costs milliseconds of its start. */
    private record RecordSender(MarkedStream pipe) implements Consumer<LoggedRecord> {
        @Override
        public void accept(LoggedRecord logged) {
            LogEncoder.send(pipe, logged);
        }
    }
}
