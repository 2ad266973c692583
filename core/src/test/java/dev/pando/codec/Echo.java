package dev.pando.codec;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;

/** An innocent handler of a proxy, for classes that are compiled by tests. */
public record Echo() implements InvocationHandler, java.io.Serializable {
    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) {
        return method.getName();
    }
}
