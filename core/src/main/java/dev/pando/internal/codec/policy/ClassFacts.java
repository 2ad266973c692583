package dev.pando.internal.codec.policy;

import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Facts about a class that was sent. Found out once for each class, since they are asked for every class of every task.
 */
public final class ClassFacts {
    private static final FactCache<ClassFacts> KNOWN = new FactCache<>() {
        @Override
        protected ClassFacts find(Class<?> type) {
            return new ClassFacts(type);
        }
    };

    private final Class<?> type;

    /** The place that the class comes from: nowhere, if the class is the JDK's or ours. */
    public final CodeOrigin ownOrigin;

    /** The same, and if the class is a task also where the type of the task's result comes from. */
    public final CodeOrigin sentOrigin;

    /** Whether the class is let in from any worker. */
    final boolean trusted;

    /** Whether the class was typed in jshell. */
    public final boolean fromJShell;

    /** The origins of the lambdas that were written in this class, by what they run and return. */
    private final Map<String, CodeOrigin> lambdas = new ConcurrentHashMap<>(2);

    private ClassFacts(Class<?> type) {
        this.type = type;
        fromJShell = type.getName().startsWith("REPL.$JShell$");
        trusted = TrustedClasses.covers(type);
        ownOrigin = ClassLocation.isJdk(type) || ClassLocation.isOurs(type)
                ? CodeOrigin.NONE
                : CodeOrigin.at(ClassLocation.of(type));
        sentOrigin = ownOrigin == CodeOrigin.NONE || !Callable.class.isAssignableFrom(type)
                ? ownOrigin
                : ownOrigin.and(result());
    }

    public static ClassFacts of(Class<?> type) {
        return KNOWN.of(type);
    }

    /** Returns the origin of the code that a lambda written in this class runs, and of its declared result. */
    public CodeOrigin lambda(SerializedLambda lambda) {
        String signature = lambda.getImplMethodSignature();
        String result = "()" + signature.substring(signature.indexOf(')') + 1);
        String key = lambda.getImplClass() + result;
        CodeOrigin known = lambdas.get(key);
        if (known == null) {
            known = named("()L" + lambda.getImplClass() + ";").and(named(result));
            lambdas.put(key, known);
        }
        return known;
    }

    private CodeOrigin named(String descriptor) {
        try {
            return of(ClassLocation.element(MethodType.fromMethodDescriptorString(descriptor, type.getClassLoader())
                            .returnType()))
                    .ownOrigin;
        } catch (RuntimeException | LinkageError e) { // then nothing of that type can come back either
            return CodeOrigin.NONE;
        }
    }

    private CodeOrigin result() {
        try {
            CodeOrigin all = CodeOrigin.NONE;
            for (Method method : type.getDeclaredMethods()) {
                boolean task = method.getName().equals("call") && method.getParameterCount() == 0 && !method.isBridge();
                if (task) {
                    all = all.and(of(ClassLocation.element(method.getReturnType())).ownOrigin);
                }
            }
            return all;
        } catch (LinkageError e) {
            return CodeOrigin.NONE;
        }
    }
}
