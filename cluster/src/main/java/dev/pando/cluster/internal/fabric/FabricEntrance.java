package dev.pando.cluster.internal.fabric;

/** A way into a fabric. */
@FunctionalInterface
public interface FabricEntrance {

    /**
     * Joins. The listener is told of the members before this returns.
     *
     * @param first whether this member may listen at an address that others look for
     * @throws FabricException the fabric cannot be joined
     */
    NodeFabric join(FabricOptions options, boolean first, NodeFabric.Listener listener) throws FabricException;
}
