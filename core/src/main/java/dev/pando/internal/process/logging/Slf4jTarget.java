package dev.pando.internal.process.logging;

import dev.pando.internal.process.output.LoggedRecord;
import java.lang.reflect.Method;
import java.util.Map;

/** SLF4J with whatever library is behind it; the context of the record is that of the thread while it is logged. */
final class Slf4jTarget implements LogTarget {
    private final LogLibrary slf4j;
    private final Method error;
    private final Method warn;
    private final Method info;
    private final Method debug;
    private final Method trace;
    private final Method setContext;
    private final Method clearContext;

    Slf4jTarget(LogLibrary slf4j) throws ReflectiveOperationException {
        this.slf4j = slf4j;
        Class<?> logger = slf4j.typeOf("org.slf4j.Logger");
        error = logger.getMethod("error", String.class, Throwable.class);
        warn = logger.getMethod("warn", String.class, Throwable.class);
        info = logger.getMethod("info", String.class, Throwable.class);
        debug = logger.getMethod("debug", String.class, Throwable.class);
        trace = logger.getMethod("trace", String.class, Throwable.class);
        Class<?> context = slf4j.typeOf("org.slf4j.MDC");
        setContext = context.getMethod("setContextMap", Map.class);
        clearContext = context.getMethod("clear");
    }

    @Override
    public void log(LoggedRecord logged) throws ReflectiveOperationException {
        setContext.invoke(null, logged.context());
        try {
            methodOf(logged.level()).invoke(slf4j.logger(logged.logger()), logged.message(), logged.thrown());
        } finally {
            clearContext.invoke(null);
        }
    }

    private Method methodOf(int level) {
        if (level > LoggedRecord.INFO) {
            return level > LoggedRecord.WARNING ? error : warn;
        }
        if (level == LoggedRecord.INFO) {
            return info;
        }
        return level >= LoggedRecord.DEBUG ? debug : trace;
    }
}
