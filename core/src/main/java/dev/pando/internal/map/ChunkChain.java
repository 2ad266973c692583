package dev.pando.internal.map;

import org.jspecify.annotations.Nullable;

/**
 * Chunks in a row, linked through themselves, so that to add one needs no memory and cannot fail. A chunk stands in one
 * row at most. Used by one thread.
 */
final class ChunkChain {
    private @Nullable MapChunk first;
    private @Nullable MapChunk last;

    boolean isEmpty() {
        return first == null;
    }

    @Nullable
    MapChunk peekFirst() {
        return first;
    }

    void addFirst(MapChunk chunk) {
        chunk.next = first;
        first = chunk;
        if (last == null) {
            last = chunk;
        }
    }

    void addLast(MapChunk chunk) {
        chunk.next = null;
        if (last == null) {
            first = chunk;
        } else {
            last.next = chunk;
        }
        last = chunk;
    }

    @Nullable
    MapChunk pollFirst() {
        MapChunk polled = first;
        if (polled != null) {
            first = polled.next;
            polled.next = null;
            if (first == null) {
                last = null;
            }
        }
        return polled;
    }

    void clear() {
        first = null;
        last = null;
    }
}
