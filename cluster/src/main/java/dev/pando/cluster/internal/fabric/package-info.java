/**
 * The engine below: membership, failure detection, bytes from member to member, TLS, discovery, as a small interface so
 * that another engine can take the place of JGroups. No other package knows it.
 *
 * <p>Start reading at {@code NodeFabric}.
 */
package dev.pando.cluster.internal.fabric;
