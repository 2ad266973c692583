package dev.pando.internal.process.memory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Plain arrays of primitives into memory and out again, by the type code that class files have for their elements. */
final class ArrayContent {
    private ArrayContent() {}

    static char type(Object array) {
        return array.getClass().descriptorString().charAt(1);
    }

    static MemorySegment of(Object array) {
        return switch (array) {
            case double[] doubles -> MemorySegment.ofArray(doubles);
            case long[] longs -> MemorySegment.ofArray(longs);
            case int[] ints -> MemorySegment.ofArray(ints);
            case float[] floats -> MemorySegment.ofArray(floats);
            case short[] shorts -> MemorySegment.ofArray(shorts);
            case char[] chars -> MemorySegment.ofArray(chars);
            case byte[] bytes -> MemorySegment.ofArray(bytes);
            default ->
                throw new IllegalArgumentException(
                        "no array that memory can hold: " + array.getClass().getTypeName());
        };
    }

    /** A new array of this type; throws if it is no type, or the bytes are no whole number of elements. */
    static Object copy(MemorySegment memory, char type) {
        return switch (type) {
            case 'D' -> memory.toArray(ValueLayout.JAVA_DOUBLE);
            case 'J' -> memory.toArray(ValueLayout.JAVA_LONG);
            case 'I' -> memory.toArray(ValueLayout.JAVA_INT);
            case 'F' -> memory.toArray(ValueLayout.JAVA_FLOAT);
            case 'S' -> memory.toArray(ValueLayout.JAVA_SHORT);
            case 'C' -> memory.toArray(ValueLayout.JAVA_CHAR);
            case 'B' -> memory.toArray(ValueLayout.JAVA_BYTE);
            default -> throw new IllegalArgumentException("no type of element: " + (int) type);
        };
    }
}
