package dev.pando.internal.codec;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;

/** A harmless handler of a proxy, for classes that tests compile. */
public record EchoHandler() implements InvocationHandler, java.io.Serializable {
    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) {
        return method.getName();
    }
}
