/** Pools as meters of Micrometer. Start reading at {@link dev.pando.micrometer.PoolMetrics}. */
@org.jspecify.annotations.NullMarked
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"})
module dev.pando.micrometer {
    // Annotations only; see the descriptor of the core.
    requires static org.jspecify;
    requires static com.google.errorprone.annotations;
    requires transitive dev.pando;
    requires transitive micrometer.core;
    requires static context.propagation; // for PropagatedContext alone
    requires static io.opentelemetry.api; // for TraceContext alone, with the next
    requires static io.opentelemetry.context;

    exports dev.pando.micrometer;
}
