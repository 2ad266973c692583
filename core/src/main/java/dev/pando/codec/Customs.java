package dev.pando.codec;

import java.lang.reflect.Proxy;

/**
 * What is let in from a worker, which is not trusted, since its task may have taken it over: plain data of the JDK, classes
 * from where the code of the task came from, and classes that the user allows. Immutable.
 */
public record Customs(Origin origin, Allowed allowed) {

    /** Returns whether the class is let in because of this task or this user, and not because any worker may send it. */
    boolean invites(Class<?> type) {
        return origin.covers(Known.of(type).ownOrigin) || allowed.covers(type);
    }

    /** Returns whether the class is let in. A proxy is as good as its interfaces; its handler is an object that is checked itself. */
    boolean letsIn(Class<?> type) {
        if (!Proxy.isProxyClass(type)) return Known.of(type).trusted || invites(type);
        for (Class<?> face : type.getInterfaces()) {
            if (!letsIn(face)) return false;
        }
        return true;
    }
}
