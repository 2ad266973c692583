/** Pools, workers and tasks, live, in a browser. Start reading at {@link dev.pando.dashboard.Dashboard}. */
@org.jspecify.annotations.NullMarked
module dev.pando.dashboard {
    // Annotations only; see the descriptor of the core.
    requires static org.jspecify;
    requires static com.google.errorprone.annotations;
    requires transitive dev.pando;
    requires jdk.httpserver;

    exports dev.pando.dashboard;

    provides dev.pando.internal.tool.PoolTool with
            dev.pando.dashboard.internal.AutomaticDashboard;
}
