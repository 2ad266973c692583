/** The commands {@code pando node} and {@code pando nodes}. Start reading at {@code ClusterMain}. */
package dev.pando.cluster.internal.command;
