package dev.pando.process;

import dev.pando.internal.process.memory.SharedRegion;
import java.io.InvalidObjectException;
import java.io.Serializable;

/**
 * A {@link SharedArray} as it travels. The span is replaced on the way by a handle, and on arrival by one of the
 * receiver's.
 */
record SentArray(char kind, SharedRegion region) implements Serializable {
    private Object readResolve() throws InvalidObjectException {
        if (region == null || region.segment().address() % size() != 0 || region.bytes() % size() != 0) {
            throw new InvalidObjectException("no array of such elements: " + this);
        }
        return switch (kind) {
            case 'D' -> new SharedArray.OfDouble(region);
            case 'J' -> new SharedArray.OfLong(region);
            case 'I' -> new SharedArray.OfInt(region);
            case 'F' -> new SharedArray.OfFloat(region);
            default -> new SharedArray.OfByte(region);
        };
    }

    private int size() throws InvalidObjectException {
        return switch (kind) {
            case 'D', 'J' -> 8;
            case 'I', 'F' -> 4;
            case 'B' -> 1;
            default -> throw new InvalidObjectException("no kind of array: " + (int) kind);
        };
    }
}
