/** Pools as meters of Micrometer. Start reading at {@link dev.pando.micrometer.PoolMetrics}. */
@org.jspecify.annotations.NullMarked
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"})
module dev.pando.micrometer {
    // Annotations only; see the descriptor of the core.
    requires static org.jspecify;
    requires static com.google.errorprone.annotations;
    requires transitive dev.pando;
    requires transitive micrometer.core;

    exports dev.pando.micrometer;
}
