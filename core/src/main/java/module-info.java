/**
 * One {@code Pool}, any worker: submit work, get futures, wait for some, take them as they finish, map in order, on
 * platform threads, virtual threads or whatever other backend is opened. Start reading at {@link dev.pando.Pool}.
 */
@org.jspecify.annotations.NullMarked
@SuppressWarnings("module") // the dashboard, which may look inside, is another artifact and compiled later
module dev.pando {
    // Annotations only. Not transitive, though signatures have them: a module that uses this one would else need the
    // jar of JSpecify to be compiled.
    requires static org.jspecify;
    // read by Error Prone when this module is compiled, and by nothing later
    requires static com.google.errorprone.annotations;
    // an annotation that tells Kotlin's compiler which overload to prefer
    requires static kotlin.stdlib;
    requires static jdk.jfr; // events are written where the JDK has a recorder, and left out where it has none
    requires static java.logging; // what workers log, where the JDK has a logger
    requires static java.management; // how this JVM was started, for worker processes to be started so too
    requires static jdk.management; // the bill of a task, where the JDK can measure a thread

    exports dev.pando;
    exports dev.pando.spi;
    exports dev.pando.local;
    exports dev.pando.loop;
    exports dev.pando.process;
    exports dev.pando.shared;
    exports dev.pando.shipping;
    exports dev.pando.internal.tool to
            dev.pando.dashboard;

    uses dev.pando.internal.tool.PoolTool; // found only where a property asks for it
}
