/**
 * The contract that every backend passes, as JUnit tests to subclass: {@link dev.pando.testkit.PoolContract} is the
 * first. A module by the name in its manifest alone.
 */
module dev.pando.testkit {
    requires transitive dev.pando;
    requires java.logging;
    requires static org.jspecify;
    requires static com.google.errorprone.annotations;
    requires org.assertj.core;
    requires transitive org.junit.jupiter.api;
    requires org.junit.jupiter.params;

    exports dev.pando.testkit;
}
