package dev.pando.cluster.internal.fabric;

import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jgroups.logging.CustomLogFactory;
import org.jgroups.logging.Log;
import org.jgroups.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * What JGroups logs, on the level DEBUG of the logger {@code dev.pando.cluster.engine}: whether an address answers and
 * which member is suspected is told by this library itself. A program that has set a log factory keeps it.
 */
final class EngineLog implements CustomLogFactory {
    private static final System.Logger LOGGER = System.getLogger("dev.pando.cluster.engine");

    private final Log log =
            (Log) Proxy.newProxyInstance(Log.class.getClassLoader(), new Class<?>[] {Log.class}, EngineLog::call);

    private EngineLog() {}

    static void install() {
        if (LogFactory.getCustomLogFactory() == null) {
            LogFactory.setCustomLogFactory(new EngineLog());
        }
    }

    private static @Nullable Object call(Object log, Method method, Object @Nullable [] given) {
        String name = method.getName();
        if (name.equals("equals") || name.equals("hashCode") || name.equals("toString")) {
            return name.equals("equals") ? given != null && given[0] == log : name.equals("hashCode") ? 1 : "engine";
        }
        if (method.getReturnType() == boolean.class) { // isWarnEnabled and its like; trace and debug are too many
            return !name.contains("Trace") && !name.contains("Debug") && LOGGER.isLoggable(Level.DEBUG);
        }
        if (given != null && LOGGER.isLoggable(Level.DEBUG) && !name.equals("setLevel")) {
            write(given);
        }
        return null;
    }

    private static void write(Object[] given) {
        String text = String.valueOf(given[0]);
        if (given.length == 2 && given[1] instanceof Throwable thrown) {
            LOGGER.log(Level.DEBUG, text, thrown);
        } else if (given.length == 2 && given[1] instanceof Object[] values) {
            LOGGER.log(Level.DEBUG, () -> String.format(text, values));
        } else {
            LOGGER.log(Level.DEBUG, text);
        }
    }

    @Override
    public Log getLog(Class<?> type) {
        return log;
    }

    @Override
    public Log getLog(String category) {
        return log;
    }
}
