/**
 * The same pool over many machines: {@link dev.pando.cluster.Cluster} is the backend, {@link dev.pando.cluster.Tls} are
 * its keys. Membership, failure detection and messages are JGroups'; tasks run on nodes, each with workers of its own.
 *
 * <p>A {@code null} where none belongs is refused at the call, by a {@link NullPointerException}.
 *
 * <p>Start reading at {@link dev.pando.cluster.Cluster}.
 */
package dev.pando.cluster;
