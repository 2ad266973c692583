package dev.pando.codec;

import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import java.net.URL;
import java.security.CodeSource;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/** What is known of a class that was sent. Found out once, since it is asked for every class of every task. */
final class Known {
    private static final ClassValue<Known> KNOWN = new ClassValue<>() {
        @Override
        protected Known computeValue(Class<?> type) {
            return new Known(type);
        }
    };

    private final Class<?> type;

    /** Where the class itself comes from: nowhere, if it is the JDK's or ours. */
    final Origin own;

    /** The same and, if it is a task, where the type of its result comes from. */
    final Origin sent;

    /** Whether anybody may send it. */
    final boolean plain;

    /** Whether it was typed in jshell. */
    final boolean typed;

    /** By what they run and return, the lambdas that were written in this class. */
    private final Map<String, Origin> lambdas = new ConcurrentHashMap<>(2);

    private Known(Class<?> type) {
        this.type = type;
        typed = type.getName().startsWith("REPL.$JShell$");
        plain = Plain.covers(type);
        own = isJdk(type) || isOurs(type) ? Origin.NONE : Origin.at(place(type));
        sent = own == Origin.NONE || !Callable.class.isAssignableFrom(type) ? own : own.and(result());
    }

    static Known of(Class<?> type) {
        return KNOWN.get(type);
    }

    /** What a lambda that was written in this class runs, and what it is declared to return. */
    Origin lambda(SerializedLambda lambda) {
        String signature = lambda.getImplMethodSignature();
        String result = "()" + signature.substring(signature.indexOf(')') + 1);
        return lambdas.computeIfAbsent(lambda.getImplClass() + result, key -> named("()L" + lambda.getImplClass() + ";").and(named(result)));
    }

    private Origin named(String descriptor) {
        try {
            return of(element(MethodType.fromMethodDescriptorString(descriptor, type.getClassLoader()).returnType())).own;
        } catch (RuntimeException | LinkageError e) { // then nothing of that type can come back either
            return Origin.NONE;
        }
    }

    private Origin result() {
        try {
            Origin all = Origin.NONE;
            for (Method method : type.getDeclaredMethods()) {
                boolean task = method.getName().equals("call") && method.getParameterCount() == 0 && !method.isBridge();
                if (task) all = all.and(of(element(method.getReturnType())).own);
            }
            return all;
        } catch (LinkageError e) {
            return Origin.NONE;
        }
    }

    static Class<?> element(Class<?> type) {
        Class<?> element = type;
        while (element.isArray()) element = element.componentType();
        return element;
    }

    /** By its module: some of the JDK, such as jdk.jshell, is loaded by the application's loader. */
    static boolean isJdk(Class<?> type) {
        Module module = type.getModule();
        return module.getLayer() == ModuleLayer.boot()
                && (module.getName().startsWith("java.") || module.getName().startsWith("jdk."));
    }

    static boolean isOurs(Class<?> type) {
        return type.getName().startsWith("dev.pando.") && place(type).equals(place(Codec.class));
    }

    /** A location, which is a text because a {@link URL} asks the network who it equals; or else a loader; or else nothing. */
    private static Object place(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        URL location = source == null ? null : source.getLocation();
        if (location != null) return location.toExternalForm();
        ClassLoader loader = type.getClassLoader();
        return loader == null ? "" : loader;
    }
}
