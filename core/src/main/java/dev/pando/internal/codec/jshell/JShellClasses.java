package dev.pando.internal.codec.jshell;

import java.io.Serializable;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Work that was typed in jshell, and the variables it uses. They are static fields of classes of jshell's, so this sets
 * them in the JVM where it runs, for all that runs there: the last to start wins.
 */
public record JShellClasses<T extends @Nullable Object>(
        Map<Class<?>, Map<String, @Nullable Object>> variables, Callable<T> work) implements Callable<T>, Serializable {

    @Override
    public T call() throws Exception {
        for (var ofAClass : variables.entrySet()) {
            for (var variable : ofAClass.getValue().entrySet()) {
                Field field = ofAClass.getKey().getDeclaredField(variable.getKey());
                field.setAccessible(true);
                field.set(null, variable.getValue());
            }
        }
        return work.call();
    }
}
