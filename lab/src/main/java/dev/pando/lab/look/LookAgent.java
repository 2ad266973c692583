package dev.pando.lab.look;

import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs in the program that is looked at: lets each copy of Pando there connect to the socket of the tool. It is all
 * that the tool loads into that program, so it refers to no other class of the lab.
 */
public final class LookAgent {
    private static final String POOL = "dev.pando.internal.PoolImpl";
    private static final String ANSWERS = "dev.pando.internal.inspect.InspectorThread";

    private LookAgent() {}

    /** Called by the JVM. */
    public static void agentmain(String socket, Instrumentation instrumentation) throws ReflectiveOperationException {
        List<Class<?>> copies = new ArrayList<>();
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            if (type.getName().equals(POOL)) {
                copies.add(Class.forName(ANSWERS, true, type.getClassLoader()));
            }
        }
        for (Class<?> copy : copies) {
            open(copy, instrumentation);
            copy.getMethod("begin", String.class, int.class).invoke(null, socket, copies.size());
        }
    }

    /** A named module of Pando keeps this package to itself. */
    private static void open(Class<?> copy, Instrumentation instrumentation) {
        Module module = copy.getModule();
        if (module.isNamed()) {
            Map<String, Set<Module>> exports = Map.of(copy.getPackageName(), Set.of(LookAgent.class.getModule()));
            instrumentation.redefineModule(module, Set.of(), exports, Map.of(), Set.of(), Map.of());
        }
    }
}
