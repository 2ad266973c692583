/**
 * One {@code Pool}, any worker: submit work, get futures, wait for some, take them as they finish, map in order, on
 * platform threads, virtual threads or whatever other backend is opened. Start reading at {@link dev.pando.Pool}.
 */
@org.jspecify.annotations.NullMarked
module dev.pando {
    requires static transitive org.jspecify; // annotations only, seen in signatures: not needed at run time
    // read by Error Prone when this module is compiled, and by nothing later
    requires static com.google.errorprone.annotations;
    requires static jdk.jfr; // events are written where the JDK has a recorder, and left out where it has none
    requires static java.management; // how this JVM was started, for worker processes to be started so too
    requires static jdk.management; // the bill of a task, where the JDK can measure a thread

    exports dev.pando;
    exports dev.pando.spi;
    exports dev.pando.local;
    exports dev.pando.loop;
    exports dev.pando.process;
}
