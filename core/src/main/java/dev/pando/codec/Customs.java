package dev.pando.codec;

import java.lang.reflect.Proxy;

/**
 * What is let in from a worker, whose bytes may be anybody's once its task has gone wrong: plain data of the JDK, what comes
 * from where the code of the task came from, and what the user allows. Immutable.
 */
public record Customs(Origin origin, Allowed allowed) {

    /** Whether it is let in for what it is to this task, and not because anybody may send it. */
    boolean invites(Class<?> type) {
        return origin.covers(Known.of(type).ownOrigin) || allowed.covers(type);
    }

    /** A proxy is as good as what it implements; its handler is an object of its own. */
    boolean letsIn(Class<?> type) {
        if (!Proxy.isProxyClass(type)) return Known.of(type).trusted || invites(type);
        for (Class<?> face : type.getInterfaces()) {
            if (!letsIn(face)) return false;
        }
        return true;
    }
}
