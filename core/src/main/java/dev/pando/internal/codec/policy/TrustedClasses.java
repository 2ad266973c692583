package dev.pando.internal.codec.policy;

import java.util.Set;

/** What is accepted from any worker, data and exceptions: classes of the JDK, and a few of ours and of languages. */
final class TrustedClasses {
    private static final ClassPatterns DATA = ClassPatterns.of(Set.of(
            "java.lang.*",
            "java.math.*",
            "java.io.*",
            "java.net.*",
            "java.sql.*",
            "java.util.**",
            "java.time.**",
            "java.nio.**",
            "sun.nio.fs.UnixPath", // what a Path is
            "sun.nio.fs.WindowsPath",
            "java.lang.invoke.SerializedLambda", // its class is a field of it, and so comes past the filter too
            "java.lang.reflect.Proxy", // what proxies extend; their handlers are objects of their own
            "sun.util.calendar.ZoneInfo")); // what a TimeZone is

    /**
     * Classes of those packages that do more, when they are read or hashed, than to hold values. The classes that are
     * left and read themselves stand in a list of the tests, each with the reason why it is harmless.
     */
    private static final ClassPatterns EXCEPT = ClassPatterns.of(Set.of(
            "java.net.URL", // to hash it is to ask the network for its host
            "java.net.URLPermission", // the same
            "java.net.SocketPermission", // the same
            "java.net.SocketPermissionCollection",
            "java.io.FilePermission", // follows the links of its path
            "java.io.FilePermissionCollection",
            "java.util.PropertyPermission",
            "java.util.PropertyPermissionCollection",
            "java.util.logging.**", // a record loads the bundle that it names, and a level is never forgotten
            "java.util.prefs.**",
            "java.util.PriorityQueue", // compares its elements, by a comparator that may never end
            "java.util.concurrent.PriorityBlockingQueue", // the same
            "java.util.concurrent.ConcurrentSkipListMap", // the same
            "java.util.concurrent.ConcurrentSkipListSet", // holds that
            "java.util.concurrent.ArrayBlockingQueue", // takes a lock, which may have been sent as locked for ever
            "java.util.concurrent.LinkedBlockingQueue", // the same
            "java.util.concurrent.LinkedBlockingDeque", // the same
            "java.util.concurrent.CopyOnWriteArraySet", // compares each element with all before it
            "java.time.chrono.**")); // looks for calendars among the services of the program

    /** Some exceptions of these do more than to say what happened, and their tasks can do with a stand-in. */
    private static final ClassPatterns NO_EXCEPTIONS =
            ClassPatterns.of(Set.of("javax.management.**", "javax.naming.**", "java.rmi.**", "java.beans.**"));

    private static final ClassPatterns OURS = ClassPatterns.of(Set.of(
            "dev.pando.internal.map.ChunkTask$Yield",
            "dev.pando.internal.map.ChunkTask$ThrownResult",
            "dev.pando.WorkerLoss",
            "dev.pando.internal.codec.message.MemoryHandle",
            "dev.pando.internal.codec.message.SentValue",
            "dev.pando.internal.shared.handle.*", // names of what is checked where it is used
            "dev.pando.process.SharedArray",
            "dev.pando.process.SentArray"));

    /**
     * What Kotlin and Scala return for nothing and for no element: each class has one object, which reading gives.
     * Their pairs are not here, since a hash of pairs in pairs is a walk that {@link HashCost} cannot weigh.
     */
    private static final Set<String> LANGUAGES = Set.of(
            "kotlin.Unit",
            "kotlin.collections.EmptyList",
            "kotlin.collections.EmptySet",
            "kotlin.collections.EmptyMap",
            "scala.runtime.BoxedUnit");

    private TrustedClasses() {}

    static boolean covers(Class<?> type) {
        if (type.isPrimitive()) {
            return true;
        }
        if (ClassLocation.isJdk(type)) {
            return isData(type) || (Throwable.class.isAssignableFrom(type) && !NO_EXCEPTIONS.covers(type));
        }
        if (LANGUAGES.contains(type.getName())) {
            return true;
        }
        return ClassLocation.isOurs(type)
                && (Throwable.class.isAssignableFrom(type) || type.isEnum() || OURS.covers(type));
    }

    private static boolean isData(Class<?> type) {
        return DATA.covers(type) && !EXCEPT.covers(type);
    }
}
