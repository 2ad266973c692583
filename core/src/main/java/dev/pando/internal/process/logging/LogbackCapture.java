package dev.pando.internal.process.logging;

import dev.pando.internal.process.output.LoggedRecord;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes what is logged by SLF4J with Logback: an appender of Logback's whose interface is known by name only. Any
 * thread may log.
 */
final class LogbackCapture implements InvocationHandler {
    private static final String CONTEXT = "ch.qos.logback.classic.LoggerContext";
    private static final String APPENDER = "ch.qos.logback.core.Appender";
    private static final String EVENT = "ch.qos.logback.classic.spi.ILoggingEvent";

    private final Consumer<LoggedRecord> records;
    private final Method millis;
    private final Method level;
    private final Method logger;
    private final Method thread;
    private final Method message;
    private final Method context;
    private final Method thrown;

    /** {@code null}: an older Logback, which has no pairs of key and value. */
    private final @Nullable Method pairs;

    private LogbackCapture(Consumer<LoggedRecord> records, Class<?> event) throws NoSuchMethodException {
        this.records = records;
        this.millis = event.getMethod("getTimeStamp");
        this.level = event.getMethod("getLevel");
        this.logger = event.getMethod("getLoggerName");
        this.thread = event.getMethod("getThreadName");
        this.message = event.getMethod("getFormattedMessage");
        this.context = event.getMethod("getMDCPropertyMap");
        this.thrown = event.getMethod("getThrowableProxy");
        Method found = null;
        try {
            found = event.getMethod("getKeyValuePairs");
        } catch (NoSuchMethodException older) {
            // then no task can have logged any
        }
        this.pairs = found;
    }

    /** Takes the place of all appenders. Does nothing where SLF4J is not there, or has another library behind it. */
    static void install(Consumer<LoggedRecord> records, LogLibrary slf4j) throws ReflectiveOperationException {
        Object loggers = slf4j.provider();
        if (loggers == null || !loggers.getClass().getName().equals(CONTEXT)) {
            return;
        }
        LogbackCapture capture = new LogbackCapture(records, slf4j.typeOf(EVENT));
        Class<?> type = slf4j.typeOf(APPENDER);
        Object appender = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, capture);
        for (Object logger : (List<?>) call(loggers, "getLoggerList")) {
            boolean had = ((Iterator<?>) call(logger, "iteratorForAppenders")).hasNext();
            call(logger, "detachAndStopAllAppenders");
            boolean isRoot = call(logger, "getName").equals("ROOT");
            if (isRoot || (had && call(logger, "isAdditive").equals(false))) {
                logger.getClass().getMethod("addAppender", type).invoke(logger, appender);
            }
        }
    }

    private static Object call(Object on, String name) throws ReflectiveOperationException {
        return on.getClass().getMethod(name).invoke(on);
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
            throws ReflectiveOperationException {
        Object first = arguments == null ? null : arguments[0];
        if (first != null && method.getName().equals("doAppend")) {
            records.accept(record(first));
        }
        return switch (method.getName()) {
            case "isStarted" -> true;
            case "getName", "toString" -> "pando";
            case "hashCode" -> System.identityHashCode(proxy);
            case "equals" -> proxy == first;
            default -> null;
        };
    }

    private LoggedRecord record(Object event) throws ReflectiveOperationException {
        Object proxy = thrown.invoke(event);
        return new LoggedRecord(
                (Long) millis.invoke(event),
                levelOf(String.valueOf(level.invoke(event))),
                String.valueOf(logger.invoke(event)),
                String.valueOf(thread.invoke(event)),
                pairs(event) + message.invoke(event),
                WorkerLogging.contextOf((Map<?, ?>) context.invoke(event)),
                proxy == null ? null : (Throwable) call(proxy, "getThrowable"));
    }

    /** Before the message, as SLF4J itself writes them for libraries that have no place for them. */
    private String pairs(Object event) throws ReflectiveOperationException {
        List<?> found = pairs == null ? null : (List<?>) pairs.invoke(event);
        if (found == null) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        for (Object pair : found) {
            text.append(pair.getClass().getField("key").get(pair)).append('=');
            text.append(pair.getClass().getField("value").get(pair)).append(' ');
        }
        return text.toString();
    }

    private static int levelOf(String name) {
        return switch (name) {
            case "ERROR" -> LoggedRecord.ERROR;
            case "WARN" -> LoggedRecord.WARNING;
            case "INFO" -> LoggedRecord.INFO;
            case "DEBUG" -> LoggedRecord.DEBUG;
            default -> LoggedRecord.TRACE;
        };
    }
}
