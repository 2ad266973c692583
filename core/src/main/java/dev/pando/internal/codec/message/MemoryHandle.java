package dev.pando.internal.codec.message;

import java.io.Serializable;

/**
 * Names memory that both sides see. It travels in the place of what is in that memory. Only what a parent says about
 * where the memory is will be followed: of what a worker says, the parent believes nothing but the number, if it is one
 * that this worker was given.
 *
 * @param loan the number of the use that this memory is put to now: never given twice
 * @param slab the number of the memory
 * @param where the path by which the other side opens it
 * @param name what that path leads to, if it is still the same
 * @param start where in that the loan begins, in bytes
 * @param capacity how much the loan has, in bytes
 * @param offset where in the loan this begins, in bytes
 * @param bytes how long this is
 * @param copy the type code ({@code 'D'} for double) of a plain array, which is copied out; {@code 0} for shared memory
 * @param readOnly whether the receiver may only read
 */
public record MemoryHandle(
        long loan,
        long slab,
        String where,
        String name,
        long start,
        long capacity,
        long offset,
        long bytes,
        char copy,
        boolean readOnly)
        implements Serializable {
    /** The name of this class in a stream, so that no class is loaded to compare. */
    public static final String CLASS = "dev.pando.internal.codec.message.MemoryHandle";

    /** A part of what this names. */
    public MemoryHandle part(long from, long length, boolean look) {
        return new MemoryHandle(loan, slab, where, name, start, capacity, from, length, (char) 0, look);
    }

    /** All of it, as the content of a plain array. */
    public MemoryHandle copied(char type) {
        return new MemoryHandle(loan, slab, where, name, start, capacity, 0, bytes, type, true);
    }
}
