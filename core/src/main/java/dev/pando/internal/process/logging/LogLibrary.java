package dev.pando.internal.process.logging;

import java.lang.reflect.Method;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** SLF4J, where it is there, called by name. Immutable. */
final class LogLibrary {
    private static final String FACTORY = "org.slf4j.LoggerFactory";

    private final ClassLoader loader;

    /** {@code null}: there is no SLF4J, here and below. */
    private final @Nullable Class<?> factory;

    private final @Nullable Method contextReader;

    LogLibrary(ClassLoader loader) {
        this.loader = loader;
        Class<?> found = null;
        Method reader = null;
        try {
            found = Class.forName(FACTORY, false, loader);
            reader = typeOf("org.slf4j.MDC").getMethod("getCopyOfContextMap");
        } catch (ReflectiveOperationException | LinkageError none) {
            // then it is not asked
        }
        factory = found;
        contextReader = reader;
    }

    Class<?> typeOf(String name) throws ClassNotFoundException {
        return Class.forName(name, false, loader);
    }

    /** Returns what makes loggers; {@code null}: there is no SLF4J, or nothing behind it. The first call starts it. */
    @Nullable
    Object provider() throws ReflectiveOperationException {
        if (factory == null) {
            return null;
        }
        Object provider = factory.getMethod("getILoggerFactory").invoke(null);
        return provider.getClass().getSimpleName().equals("NOPLoggerFactory") ? null : provider;
    }

    /** Returns the logger of this name, where there is SLF4J. */
    Object logger(String name) throws ReflectiveOperationException {
        if (factory == null) {
            throw new ClassNotFoundException(FACTORY);
        }
        return factory.getMethod("getLogger", String.class).invoke(null, name);
    }

    /** Returns the mapped diagnostic context of this thread, empty where there is none. */
    Map<String, String> context() {
        try {
            return contextReader == null ? Map.of() : WorkerLogging.contextOf((Map<?, ?>) contextReader.invoke(null));
        } catch (ReflectiveOperationException | RuntimeException none) {
            return Map.of();
        }
    }
}
