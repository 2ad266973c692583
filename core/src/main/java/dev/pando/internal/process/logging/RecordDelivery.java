package dev.pando.internal.process.logging;

import dev.pando.internal.process.output.LoggedRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Logs in this program what workers have logged, by the library that this program logs by: SLF4J if a library is behind
 * it, else what is behind {@code System.Logger}, which mostly is {@code java.util.logging}. Called by the output thread
 * of each worker, which has the name of the worker's thread meanwhile: every library asks for that name.
 */
public final class RecordDelivery {
    /** How many names of loggers workers may use: libraries keep each logger for ever, and a worker may name any. */
    private static final int NAMES = 5000;

    /** The logger of all further names, and of what workers print. */
    private static final String REST = "dev.pando.output";

    private final LogLibrary slf4j;
    private final Set<String> names = ConcurrentHashMap.newKeySet();

    /** Chosen with the first record, so that a program whose workers log nothing starts no library. */
    private volatile @Nullable LogTarget target;

    /** @param loader finds the library */
    public RecordDelivery(ClassLoader loader) {
        this.slf4j = new LogLibrary(loader);
    }

    RecordDelivery(ClassLoader loader, LogTarget target) {
        this(loader);
        this.target = target;
    }

    /**
     * Logs a record of a worker.
     *
     * @throws IllegalStateException the library failed
     */
    public void log(String worker, Optional<String> task, LoggedRecord logged) {
        Thread thread = Thread.currentThread();
        String name = thread.getName();
        thread.setName(logged.thread().equals(worker) ? worker : worker + "/" + logged.thread());
        try {
            target().log(completed(worker, task, logged));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a record of worker " + worker + " was not logged", e);
        } finally {
            thread.setName(name);
        }
    }

    /**
     * Logs a line that a worker printed.
     *
     * @throws IllegalStateException the library failed
     */
    public void logLine(String worker, Optional<String> task, String line) {
        String text = "[" + worker + (task.isPresent() ? " " + task.get() : "") + "] " + line;
        long now = System.currentTimeMillis();
        log(worker, task, new LoggedRecord(now, LoggedRecord.INFO, REST, worker, text, Map.of(), null));
    }

    /** Returns the record with its worker and task in the context, and with a logger that may be used. */
    private LoggedRecord completed(String worker, Optional<String> task, LoggedRecord logged) {
        Map<String, String> context = new LinkedHashMap<>(logged.context());
        context.put("pando.worker", worker);
        task.ifPresent(known -> context.put("pando.task", known));
        boolean may = names.contains(logged.logger()) || (names.size() < NAMES && names.add(logged.logger()));
        return new LoggedRecord(
                logged.millis(),
                logged.level(),
                may ? logged.logger() : REST,
                logged.thread(),
                may ? logged.message() : logged.logger() + ": " + logged.message(),
                context,
                logged.thrown());
    }

    private LogTarget target() throws ReflectiveOperationException {
        LogTarget chosen = target;
        if (chosen == null) {
            chosen = choose();
            target = chosen;
        }
        return chosen;
    }

    private LogTarget choose() throws ReflectiveOperationException {
        if (slf4j.provider() != null) {
            return new Slf4jTarget(slf4j);
        }
        Module behind = System.LoggerFinder.getLoggerFinder().getClass().getModule();
        return "java.logging".equals(behind.getName()) ? new JulTarget() : new SystemTarget();
    }
}
