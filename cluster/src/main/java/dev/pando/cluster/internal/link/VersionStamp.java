package dev.pando.cluster.internal.link;

import dev.pando.cluster.internal.wire.NodeMessage;
import org.jspecify.annotations.Nullable;

/** Which Pando and which Java this is. Both sides must have the same, or else classes could not be read. */
public final class VersionStamp {
    /** The version of Pando, as its jar says. */
    public static final String PANDO = pando();

    /** The feature version of Java. */
    public static final int JAVA = Runtime.version().feature();

    private VersionStamp() {}

    private static String pando() {
        Package here = VersionStamp.class.getPackage();
        String told = here == null ? null : here.getImplementationVersion();
        return told == null ? "development" : told;
    }

    /** Returns why a program cannot use this node; null if it can. */
    public static @Nullable String objection(NodeMessage.Hello hello) {
        if (hello.java() != JAVA) {
            return "it runs on Java " + JAVA + " and the program on Java " + hello.java()
                    + ": classes of the one may not be read by the other; give both the same";
        }
        boolean unknown = PANDO.equals("development") || hello.pando().equals("development");
        if (hello.protocol() != NodeMessage.PROTOCOL || !(unknown || PANDO.equals(hello.pando()))) {
            return "it is Pando " + PANDO + " (protocol " + NodeMessage.PROTOCOL + ") and the program has Pando "
                    + hello.pando() + " (protocol " + hello.protocol() + "): give both the same";
        }
        return null;
    }
}
