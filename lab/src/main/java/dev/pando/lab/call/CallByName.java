package dev.pando.lab.call;

import dev.pando.Fn;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A method, called with a line of text, which is parsed if the parameter is a number. The method travels to a worker as
 * the names of its class and itself, and is looked up there once. Thread-safe.
 */
public final class CallByName implements Fn<String, @Nullable Object> {
    private static final long serialVersionUID = 1;

    /** The parameter types that a line can be converted to, best first. */
    private static final List<Class<?>> READABLE = List.of(
            String.class,
            CharSequence.class,
            Object.class,
            long.class,
            Long.class,
            int.class,
            Integer.class,
            double.class,
            Double.class);

    private final Class<?> type;
    private final String name;
    private final Class<?> parameter;
    private transient volatile @Nullable Method method; // null until the first call

    private CallByName(Class<?> type, String name, Class<?> parameter) {
        this.type = type;
        this.name = name;
        this.parameter = parameter;
    }

    static CallByName of(Class<?> type, String name) throws WrongTarget {
        Method best = Arrays.stream(type.getDeclaredMethods())
                .filter(candidate -> candidate.getName().equals(name)
                        && candidate.getParameterCount() == 1
                        && READABLE.contains(candidate.getParameterTypes()[0]))
                .min(Comparator.comparingInt(
                        candidate -> READABLE.indexOf(candidate.getParameterTypes()[0])))
                .orElseThrow(() -> new WrongTarget(
                        type.getName() + " has no method " + name + " of one text or number. " + whatThereIs(type)));
        if (!Modifier.isStatic(best.getModifiers())
                && Arrays.stream(type.getDeclaredConstructors()).noneMatch(made -> made.getParameterCount() == 0)) {
            throw new WrongTarget(name + " is not static, and " + type.getName()
                    + " has no constructor without arguments to call it on");
        }
        return new CallByName(type, name, best.getParameterTypes()[0]);
    }

    private static String whatThereIs(Class<?> type) {
        var names = new TreeSet<String>();
        for (Method method : type.getDeclaredMethods()) {
            if (!method.isSynthetic()
                    && method.getParameterCount() == 1
                    && READABLE.contains(method.getParameterTypes()[0])) {
                names.add(method.getName());
            }
        }
        return names.isEmpty() ? "It has no such method at all" : "It has " + String.join(", ", names);
    }

    @Override
    public @Nullable Object apply(String line) throws Exception {
        Method found = found();
        try {
            return found.invoke(Modifier.isStatic(found.getModifiers()) ? null : instance(), read(line));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception thrown) {
                throw thrown;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e;
        }
    }

    private Method found() throws NoSuchMethodException {
        Method known = method;
        if (known == null) {
            known = type.getDeclaredMethod(name, parameter);
            known.setAccessible(true);
            method = known;
        }
        return known;
    }

    /** Creates an instance for each call, because the class may not be thread-safe. */
    private Object instance() throws ReflectiveOperationException {
        var constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        return constructor.newInstance();
    }

    private Object read(String line) {
        if (parameter == long.class || parameter == Long.class) {
            return Long.valueOf(line.strip());
        }
        if (parameter == int.class || parameter == Integer.class) {
            return Integer.valueOf(line.strip());
        }
        if (parameter == double.class || parameter == Double.class) {
            return Double.valueOf(line.strip());
        }
        return line;
    }
}
