package dev.pando.internal.codec.policy;

import java.lang.invoke.SerializedLambda;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The classes and lambdas that one message was made of. One per message, used by the thread that encodes it. */
public final class ClassTrace {
    private final List<Class<?>> classes = new ArrayList<>();
    private final List<SerializedLambda> lambdas = new ArrayList<>(1);

    /** A class, not an array, whose descriptor was written. */
    public void passed(Class<?> type) {
        classes.add(type);
    }

    public void passed(SerializedLambda lambda) {
        lambdas.add(lambda);
    }

    /** Returns the classes that were typed in jshell. */
    public List<Class<?>> fromJShell() {
        List<Class<?>> typed = List.of();
        for (Class<?> type : classes) {
            if (!ClassFacts.of(type).fromJShell) {
                continue;
            }
            if (typed.isEmpty()) {
                typed = new ArrayList<>();
            }
            typed.add(type);
        }
        return typed;
    }

    /** Returns the loaders of the classes, without the system loader, which lives as long as the program. */
    public Set<ClassLoader> loaders() {
        Set<ClassLoader> loaders = Set.of();
        for (Class<?> type : classes) {
            ClassLoader loader = type.getClassLoader();
            if (loader == null || loader == ClassLoader.getSystemClassLoader() || loaders.contains(loader)) {
                continue;
            }
            if (loaders.isEmpty()) {
                loaders = new HashSet<>();
            }
            loaders.add(loader);
        }
        return loaders;
    }

    public CodeOrigin origin() {
        CodeOrigin origin = CodeOrigin.NONE;
        for (Class<?> type : classes) {
            origin = origin.and(ClassFacts.of(type).sentOrigin);
        }
        for (SerializedLambda lambda : lambdas) {
            String writtenIn = lambda.getCapturingClass().replace('/', '.');
            for (Class<?> type : classes) { // the lambda says its class by name only, but that class has passed too
                if (type.getName().equals(writtenIn)) {
                    origin = origin.and(ClassFacts.of(type).lambda(lambda));
                }
            }
        }
        return origin;
    }
}
