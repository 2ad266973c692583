package dev.pando.process;

import dev.pando.internal.process.ProgramMemory;
import dev.pando.internal.process.memory.SharedRegion;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/**
 * An array of primitives in memory that a program and its worker processes share. It travels in arguments and results,
 * captured, in a record, wherever, and arrives as the same array: nothing is copied, and what one side writes the other
 * side reads. On workers that are threads it is shared anyway.
 *
 * <p>What a task has written is visible to a reader of its result. While several tasks write to the same elements,
 * nothing is promised but that each element is one that was written.
 *
 * <p>The program keeps the memory until each array, view and slice that it has of it is closed, and each task that was
 * given it is done. Arrays that were never closed are closed when they are garbage. In a worker nothing needs to be
 * closed: what a task was given, or made and did not return, ends with it, though it may be closed before. Of a worker
 * that dies everything is taken back. Touched after its end an array throws {@link IllegalStateException}; outside of
 * its length {@link IndexOutOfBoundsException}; written through a read-only view {@link UnsupportedOperationException}.
 * A negative length is refused by {@link IllegalArgumentException}, and one for which there is no room by {@link
 * UncheckedIOException}.
 *
 * <p>Any thread may use an array; that another one closed it may be noticed late, and never by seeing other data.
 */
public abstract sealed class SharedArray<S extends SharedArray<S>> extends SharedElements
        implements AutoCloseable, Serializable {
    private static final long serialVersionUID = 1L;

    private final transient int size;
    private final transient char kind;

    private SharedArray(SharedRegion region, int size, char kind) {
        super(region, region.bytes() / size);
        this.size = size;
        this.kind = kind;
    }

    /** New, all zero. */
    public static OfDouble ofDoubles(long length) {
        return new OfDouble(ProgramMemory.take(length, 8, true));
    }

    /** New, with these elements. */
    public static OfDouble copyOf(double[] elements) {
        return new OfDouble(ProgramMemory.copyOf(MemorySegment.ofArray(elements)));
    }

    /** New, all zero. */
    public static OfLong ofLongs(long length) {
        return new OfLong(ProgramMemory.take(length, 8, true));
    }

    /** New, with these elements. */
    public static OfLong copyOf(long[] elements) {
        return new OfLong(ProgramMemory.copyOf(MemorySegment.ofArray(elements)));
    }

    /** New, all zero. */
    public static OfInt ofInts(long length) {
        return new OfInt(ProgramMemory.take(length, 4, true));
    }

    /** New, with these elements. */
    public static OfInt copyOf(int[] elements) {
        return new OfInt(ProgramMemory.copyOf(MemorySegment.ofArray(elements)));
    }

    /** New, all zero. */
    public static OfFloat ofFloats(long length) {
        return new OfFloat(ProgramMemory.take(length, 4, true));
    }

    /** New, with these elements. */
    public static OfFloat copyOf(float[] elements) {
        return new OfFloat(ProgramMemory.copyOf(MemorySegment.ofArray(elements)));
    }

    /** New, all zero. */
    public static OfByte ofBytes(long length) {
        return new OfByte(ProgramMemory.take(length, 1, true));
    }

    /** New, with these elements. */
    public static OfByte copyOf(byte[] elements) {
        return new OfByte(ProgramMemory.copyOf(MemorySegment.ofArray(elements)));
    }

    /** Returns the number of elements. */
    public final long length() {
        return length;
    }

    /** Returns whether this view refuses to be written to. */
    public final boolean isReadOnly() {
        return region.isReadOnly();
    }

    /**
     * Returns the memory itself, in the byte order of this machine, for any code to work on: native code and atomic
     * operations too. It ends with the last array that has it, wherever the segment was kept. It may be a part of a
     * larger mapping, so {@code load} and {@code force} may be refused.
     *
     * @throws UnsupportedOperationException if a worker could cut the memory off, which would end a program whose
     *     native code works on it: on Linux if native access is denied to this library, and on any other system
     */
    public final MemorySegment segment() {
        return region.rawSegment();
    }

    /** This view is over, and its memory too if no other has it. Harmless if done twice. */
    @Override
    public final void close() {
        region.close();
    }

    /** Elements {@code from} to {@code to}, without the latter, of the same memory: to be closed on its own. */
    public final S slice(long from, long to) {
        Objects.checkFromToIndex(from, to, length);
        return with(region.part(from * size, (to - from) * size, false));
    }

    /**
     * Returns a view of the same memory that cannot be written to, here and wherever it is sent: to be closed on its
     * own. The view keeps out mistakes, not attackers.
     */
    public final S readOnly() {
        return with(region.part(0, region.bytes(), true));
    }

    /**
     * Returns the same array for another owner: this one is closed, and the new one is closed as soon as it is sent. No
     * one needs to close it then; it lives as long as the task that it is given to, and on in its result if that has
     * it.
     */
    public final S handOver() {
        return with(region.handOver());
    }

    abstract S with(SharedRegion part);

    @Override
    public String toString() {
        return "SharedArray." + getClass().getSimpleName() + "[" + length() + (isReadOnly() ? ", read-only]" : "]");
    }

    final Object writeReplace() {
        return new SentArray(kind, region);
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("a shared array that is not one that was sent");
    }

    /** Of {@code double}. */
    public static final class OfDouble extends SharedArray<OfDouble> {
        private static final long serialVersionUID = 1L;

        OfDouble(SharedRegion region) {
            super(region, 8, 'D');
        }

        /** Returns the element at this index. */
        public double get(long index) {
            return at(index).getAtIndex(ValueLayout.JAVA_DOUBLE, index);
        }

        /** Overwrites the element at this index. */
        public void set(long index, double value) {
            toWrite(index).setAtIndex(ValueLayout.JAVA_DOUBLE, index, value);
        }

        /** Returns a copy of all elements. */
        public double[] toArray() {
            return readable().toArray(ValueLayout.JAVA_DOUBLE);
        }

        /** Overwrites all elements with as many others; another number is refused. */
        public void copyFrom(double[] elements) {
            fill(MemorySegment.ofArray(elements), elements.length);
        }

        @Override
        OfDouble with(SharedRegion part) {
            return new OfDouble(part);
        }
    }

    /** Of {@code long}. */
    public static final class OfLong extends SharedArray<OfLong> {
        private static final long serialVersionUID = 1L;

        OfLong(SharedRegion region) {
            super(region, 8, 'J');
        }

        /** Returns the element at this index. */
        public long get(long index) {
            return at(index).getAtIndex(ValueLayout.JAVA_LONG, index);
        }

        /** Overwrites the element at this index. */
        public void set(long index, long value) {
            toWrite(index).setAtIndex(ValueLayout.JAVA_LONG, index, value);
        }

        /** Returns a copy of all elements. */
        public long[] toArray() {
            return readable().toArray(ValueLayout.JAVA_LONG);
        }

        /** Overwrites all elements with as many others; another number is refused. */
        public void copyFrom(long[] elements) {
            fill(MemorySegment.ofArray(elements), elements.length);
        }

        @Override
        OfLong with(SharedRegion part) {
            return new OfLong(part);
        }
    }

    /** Of {@code int}. */
    public static final class OfInt extends SharedArray<OfInt> {
        private static final long serialVersionUID = 1L;

        OfInt(SharedRegion region) {
            super(region, 4, 'I');
        }

        /** Returns the element at this index. */
        public int get(long index) {
            return at(index).getAtIndex(ValueLayout.JAVA_INT, index);
        }

        /** Overwrites the element at this index. */
        public void set(long index, int value) {
            toWrite(index).setAtIndex(ValueLayout.JAVA_INT, index, value);
        }

        /** Returns a copy of all elements. */
        public int[] toArray() {
            return readable().toArray(ValueLayout.JAVA_INT);
        }

        /** Overwrites all elements with as many others; another number is refused. */
        public void copyFrom(int[] elements) {
            fill(MemorySegment.ofArray(elements), elements.length);
        }

        @Override
        OfInt with(SharedRegion part) {
            return new OfInt(part);
        }
    }

    /** Of {@code float}. */
    public static final class OfFloat extends SharedArray<OfFloat> {
        private static final long serialVersionUID = 1L;

        OfFloat(SharedRegion region) {
            super(region, 4, 'F');
        }

        /** Returns the element at this index. */
        public float get(long index) {
            return at(index).getAtIndex(ValueLayout.JAVA_FLOAT, index);
        }

        /** Overwrites the element at this index. */
        public void set(long index, float value) {
            toWrite(index).setAtIndex(ValueLayout.JAVA_FLOAT, index, value);
        }

        /** Returns a copy of all elements. */
        public float[] toArray() {
            return readable().toArray(ValueLayout.JAVA_FLOAT);
        }

        /** Overwrites all elements with as many others; another number is refused. */
        public void copyFrom(float[] elements) {
            fill(MemorySegment.ofArray(elements), elements.length);
        }

        @Override
        OfFloat with(SharedRegion part) {
            return new OfFloat(part);
        }
    }

    /** Of {@code byte}. */
    public static final class OfByte extends SharedArray<OfByte> {
        private static final long serialVersionUID = 1L;

        OfByte(SharedRegion region) {
            super(region, 1, 'B');
        }

        /** Returns the element at this index. */
        public byte get(long index) {
            return at(index).get(ValueLayout.JAVA_BYTE, index);
        }

        /** Overwrites the element at this index. */
        public void set(long index, byte value) {
            toWrite(index).set(ValueLayout.JAVA_BYTE, index, value);
        }

        /** Returns a copy of all elements. */
        public byte[] toArray() {
            return readable().toArray(ValueLayout.JAVA_BYTE);
        }

        /** Overwrites all elements with as many others; another number is refused. */
        public void copyFrom(byte[] elements) {
            fill(MemorySegment.ofArray(elements), elements.length);
        }

        @Override
        OfByte with(SharedRegion part) {
            return new OfByte(part);
        }
    }
}
