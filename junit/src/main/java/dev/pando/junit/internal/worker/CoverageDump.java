package dev.pando.junit.internal.worker;

import java.lang.reflect.Method;

/** Lets the agent of JaCoCo write what it has counted, where this JVM has that agent. */
final class CoverageDump {
    private CoverageDump() {}

    static void write() {
        try {
            Class<?> runtime = Class.forName("org.jacoco.agent.rt.RT", false, ClassLoader.getSystemClassLoader());
            Object agent = runtime.getMethod("getAgent").invoke(null);
            // by the interface: the class of the agent is not public
            Method dump = Class.forName("org.jacoco.agent.rt.IAgent", false, runtime.getClassLoader())
                    .getMethod("dump", boolean.class);
            dump.invoke(agent, true);
        } catch (ReflectiveOperationException | LinkageError e) {
            // no agent, or it could not write: a test must not fail by that
        }
    }
}
