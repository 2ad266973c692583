package dev.pando.junit.internal.worker;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** Lets the agent of JaCoCo write what it has counted, where this JVM has that agent. */
final class CoverageDump {
    /** {@code null}: this JVM has no such agent. Looked for once, because that looks through the whole class path. */
    private static final @Nullable Class<?> RUNTIME = runtime();

    private CoverageDump() {}

    private static @Nullable Class<?> runtime() {
        try {
            return Class.forName("org.jacoco.agent.rt.RT", false, ClassLoader.getSystemClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            return null;
        }
    }

    static void write() {
        Class<?> runtime = RUNTIME;
        if (runtime == null) {
            return;
        }
        try {
            Object agent = runtime.getMethod("getAgent").invoke(null);
            // by the interface: the class of the agent is not public
            Method dump = Class.forName("org.jacoco.agent.rt.IAgent", false, runtime.getClassLoader())
                    .getMethod("dump", boolean.class);
            dump.invoke(agent, true);
        } catch (ReflectiveOperationException | LinkageError e) {
            // it could not write: a test must not fail by that
        }
    }
}
