package dev.pando.codec;

import java.util.Set;

/** The classes of the JDK, and the few of ours, that are accepted from any worker: data, and exceptions. */
final class Plain {
    private static final Allowed DATA = Allowed.of(Set.of(
            "java.lang.*", "java.math.*", "java.io.*", "java.net.*", "java.text.*", "java.sql.*",
            "java.util.**", "java.time.**", "java.nio.**",
            "java.lang.invoke.SerializedLambda", // its class is a field of it, and so comes past the filter too
            "java.lang.reflect.Proxy", // what proxies extend; their handlers are objects of their own
            "sun.util.calendar.ZoneInfo")); // what a TimeZone is

    /** To hash a URL is to ask the network for its host. */
    private static final Allowed EXCEPT = Allowed.of(Set.of("java.net.URL"));

    /** Some exceptions of these do more than to say what happened, and their tasks can do with a stand-in. */
    private static final Allowed NO_EXCEPTIONS = Allowed.of(Set.of("javax.management.**", "javax.naming.**", "java.rmi.**", "java.beans.**"));

    private static final Allowed OURS = Allowed.of(Set.of("dev.pando.Batch$Yield", "dev.pando.Batch$Threw", "dev.pando.WorkerLoss",
            "dev.pando.codec.Handle", "dev.pando.process.SharedArray", "dev.pando.process.SentArray"));

    private Plain() {}

    static boolean covers(Class<?> type) {
        if (type.isPrimitive()) return true;
        if (ClassLocation.isJdk(type)) return isData(type) || (Throwable.class.isAssignableFrom(type) && !NO_EXCEPTIONS.covers(type));
        return ClassLocation.isOurs(type) && (Throwable.class.isAssignableFrom(type) || type.isEnum() || OURS.covers(type));
    }

    private static boolean isData(Class<?> type) {
        return DATA.covers(type) && !EXCEPT.covers(type);
    }
}
