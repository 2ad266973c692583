package dev.pando.process;

import dev.pando.internal.process.memory.SharedRegion;
import java.io.Serializable;
import java.lang.foreign.MemorySegment;

/**
 * The elements of a {@link SharedArray}, which a touch reaches only through a check: is the index inside, may this view
 * be written to, are there as many to copy. An array extends its elements, so that a touch has no further object to
 * pass.
 */
abstract sealed class SharedElements implements Serializable permits SharedArray {
    private static final long serialVersionUID = 1L;

    final transient SharedRegion region;
    final transient long length;

    SharedElements(SharedRegion region, long length) {
        this.region = region;
        this.length = length;
    }

    /** The memory, for plain reads. */
    final MemorySegment readable() {
        return region.segment();
    }

    final MemorySegment writable() {
        MemorySegment segment = region.segment();
        if (segment.isReadOnly()) {
            throw new UnsupportedOperationException("this view of a shared array is read-only");
        }
        return segment;
    }

    final void fill(MemorySegment elements, long count) {
        if (count != length) {
            throw new IllegalArgumentException(
                    count + " elements for a shared array of " + length + ": take a slice of as many");
        }
        writable().copyFrom(elements);
    }

    final MemorySegment at(long index) {
        if (index < 0 || index >= length) {
            throw outside(index);
        }
        return region.segment();
    }

    final MemorySegment toWrite(long index) {
        if (index < 0 || index >= length) {
            throw outside(index);
        }
        return writable();
    }

    private IndexOutOfBoundsException outside(long index) {
        return new IndexOutOfBoundsException("index " + index + " of a shared array of " + length);
    }
}
