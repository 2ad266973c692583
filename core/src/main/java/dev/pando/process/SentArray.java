package dev.pando.process;

import dev.pando.process.memory.Span;
import java.io.InvalidObjectException;
import java.io.Serializable;

/** A {@link SharedArray} as it travels. The span is replaced on the way by a handle, and on arrival by one of the receiver's. */
record SentArray(char kind, Span span) implements Serializable {
    private Object readResolve() throws InvalidObjectException {
        if (span == null || span.segment().address() % size() != 0 || span.bytes() % size() != 0) {
            throw new InvalidObjectException("no array of such elements: " + this);
        }
        return switch (kind) {
            case 'D' -> new SharedArray.OfDouble(span);
            case 'J' -> new SharedArray.OfLong(span);
            case 'I' -> new SharedArray.OfInt(span);
            case 'F' -> new SharedArray.OfFloat(span);
            default -> new SharedArray.OfByte(span);
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
