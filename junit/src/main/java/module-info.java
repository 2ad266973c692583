/** Tests in killable worker JVMs. Start reading at {@link dev.pando.junit.Isolated}. */
@org.jspecify.annotations.NullMarked
module dev.pando.junit {
    // Annotations only; see the descriptor of the core.
    requires static org.jspecify;
    requires static com.google.errorprone.annotations;
    requires dev.pando;
    requires java.management; // the agents that this JVM was started with
    requires transitive org.junit.jupiter.api;
    requires org.junit.platform.launcher;

    exports dev.pando.junit;

    // JUnit makes the extension, and the test that a worker rehearses, by reflection.
    opens dev.pando.junit.internal.worker to
            org.junit.platform.commons;
    opens dev.pando.junit.internal.launch to
            org.junit.platform.commons;

    uses org.junit.platform.engine.TestEngine;

    provides org.junit.platform.engine.TestEngine with
            dev.pando.junit.internal.IsolatedEngine;
    provides org.junit.platform.launcher.PostDiscoveryFilter with
            dev.pando.junit.internal.TakenFilter;
    provides org.junit.platform.launcher.LauncherDiscoveryListener with
            dev.pando.junit.internal.TakenReset;
}
