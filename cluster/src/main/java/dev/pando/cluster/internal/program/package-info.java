/**
 * The program's side: the engine of a pool whose workers are the slots of nodes.
 *
 * <pre>
 *   pool ◄──Host──► ClusterEngine ──► NodeFeeder ── asks ──► NodePlacement: which node is next
 *                        │  one for each node
 *                        ├──► NodeLink ──► LetterOutbox ──► the fabric
 *                        └──  ClusterMembership ◄── the fabric: which nodes there are, and their letters
 * </pre>
 *
 * <p>Start reading at {@code ClusterEngine}.
 */
package dev.pando.cluster.internal.program;
