/** The same pool over many machines. Start reading at {@link dev.pando.cluster.Cluster}. */
@org.jspecify.annotations.NullMarked
@SuppressWarnings("requires-automatic")
module dev.pando.cluster {
    // Annotations only; see the descriptor of the core.
    requires static org.jspecify;
    requires static com.google.errorprone.annotations;
    requires transitive dev.pando;
    requires org.jgroups;
    requires jdk.httpserver; // /healthz of a node

    exports dev.pando.cluster;
}
