/**
 * A map over many inputs: read lazily, sent in chunks, delivered in order or as results come.
 *
 * <pre>
 *    inputs ──► MapStream ──put──► MapRun ──flush──► MapChunk ──submit──► ChunkTask on a worker
 *    results ◄── Delivery ◄─take──   ▲                   │
 *                                    └──── opened ◄──────┘ done
 * </pre>
 *
 * <p>The thread that reads the stream reads the inputs and sends the chunks; only the rest of a slow chunk is sent on
 * by the thread that ended that chunk. Start reading at {@code MapRun}.
 */
package dev.pando.internal.map;
