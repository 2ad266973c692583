package dev.pando.internal.map;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of an unordered map that came back and that its reader has not seen: a stack, linked through the chunks,
 * so that to add one needs no memory and cannot fail. Any thread adds, the reader takes.
 */
final class ChunkArrivals {
    private final AtomicReference<@Nullable MapChunk> newest = new AtomicReference<>();

    boolean isEmpty() {
        return newest.get() == null;
    }

    void add(MapChunk chunk) {
        MapChunk before;
        do {
            before = newest.get();
            chunk.next = before;
        } while (!newest.compareAndSet(before, chunk));
    }

    /** Moves all to the front of the row, the first that came first. */
    void moveTo(ChunkChain row) {
        MapChunk chunk = newest.getAndSet(null);
        while (chunk != null) {
            MapChunk before = chunk.next;
            row.addFirst(chunk);
            chunk = before;
        }
    }

    void clear() {
        newest.set(null);
    }
}
