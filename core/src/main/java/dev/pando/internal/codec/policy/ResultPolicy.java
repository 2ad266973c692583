package dev.pando.internal.codec.policy;

import java.lang.reflect.Proxy;

/**
 * What is let in from a worker, which is not trusted, since its task may have taken it over: plain data of the JDK,
 * classes from where the code of the task came from, and classes that the user allows. Immutable.
 */
public record ResultPolicy(CodeOrigin origin, ClassPatterns patterns) {

    /**
     * Returns whether the class is let in because of this task or this user, and not because any worker may send it.
     */
    boolean invites(Class<?> type) {
        return origin.covers(ClassFacts.of(type).ownOrigin) || patterns.covers(type);
    }

    /**
     * Returns whether the class is let in. A proxy is as good as its interfaces; its handler is an object that is
     * checked itself.
     */
    public boolean letsIn(Class<?> type) {
        if (!Proxy.isProxyClass(type)) {
            return ClassFacts.of(type).trusted || invites(type);
        }
        for (Class<?> face : type.getInterfaces()) {
            if (!letsIn(face)) {
                return false;
            }
        }
        return true;
    }
}
