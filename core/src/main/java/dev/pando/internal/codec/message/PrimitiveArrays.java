package dev.pando.internal.codec.message;

import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Arrays of primitives as bytes: the elements one after the other, the low byte first, which on nearly every machine is
 * how they lie in memory. A kind is the letter that class files have for it.
 */
public final class PrimitiveArrays {
    private PrimitiveArrays() {}

    public static boolean covers(Class<?> type) {
        Class<?> element = type.componentType();
        return element != null && element.isPrimitive();
    }

    public static char kind(Object array) {
        return array.getClass().getName().charAt(1);
    }

    /** Returns the bytes of one element. Returns 0 if there is no such kind. */
    public static int width(char kind) {
        return switch (kind) {
            case 'Z', 'B' -> 1;
            case 'S', 'C' -> Short.BYTES;
            case 'I', 'F' -> Integer.BYTES;
            case 'J', 'D' -> Long.BYTES;
            default -> 0;
        };
    }

    public static long size(Object array) {
        return (long) Array.getLength(array) * width(kind(array));
    }

    /** Switches over a letter, because a switch over types takes a new JVM long to make. */
    public static void write(Object array, byte[] to, int at, int size) {
        ByteBuffer view = view(to, at, size);
        switch (kind(array)) {
            case 'B' -> view.put((byte[]) array);
            case 'Z' -> {
                for (boolean truth : (boolean[]) array) {
                    view.put((byte) (truth ? 1 : 0));
                }
            }
            case 'S' -> view.asShortBuffer().put((short[]) array);
            case 'C' -> view.asCharBuffer().put((char[]) array);
            case 'I' -> view.asIntBuffer().put((int[]) array);
            case 'F' -> view.asFloatBuffer().put((float[]) array);
            case 'J' -> view.asLongBuffer().put((long[]) array);
            default -> view.asDoubleBuffer().put((double[]) array);
        }
    }

    /**
     * Reads an array of one kind.
     *
     * @param size how many bytes, a multiple of the kind's width
     */
    public static Object read(char kind, byte[] from, int at, int size) {
        int length = size / width(kind);
        ByteBuffer view = view(from, at, size);
        return switch (kind) {
            case 'B' -> {
                byte[] bytes = new byte[length];
                view.get(bytes);
                yield bytes;
            }
            case 'Z' -> {
                boolean[] truths = new boolean[length];
                for (int i = 0; i < length; i++) {
                    truths[i] = view.get() != 0;
                }
                yield truths;
            }
            case 'S' -> {
                short[] shorts = new short[length];
                view.asShortBuffer().get(shorts);
                yield shorts;
            }
            case 'C' -> {
                char[] chars = new char[length];
                view.asCharBuffer().get(chars);
                yield chars;
            }
            case 'I' -> {
                int[] ints = new int[length];
                view.asIntBuffer().get(ints);
                yield ints;
            }
            case 'F' -> {
                float[] floats = new float[length];
                view.asFloatBuffer().get(floats);
                yield floats;
            }
            case 'J' -> {
                long[] longs = new long[length];
                view.asLongBuffer().get(longs);
                yield longs;
            }
            default -> {
                double[] doubles = new double[length];
                view.asDoubleBuffer().get(doubles);
                yield doubles;
            }
        };
    }

    /**
     * Returns numbers as an array of primitives; null if they are not all Integers, Longs or Doubles. A loop for each,
     * because a new worker has none of them compiled, and such loops cost it least.
     */
    public static @Nullable Object unboxed(@Nullable Object[] numbers) {
        Object first = numbers.length == 0 ? null : numbers[0];
        if (first instanceof Integer) {
            return ints(numbers);
        }
        if (first instanceof Long) {
            return longs(numbers);
        }
        return first instanceof Double ? doubles(numbers) : null;
    }

    private static int @Nullable [] ints(@Nullable Object[] numbers) {
        int[] ints = new int[numbers.length];
        for (int i = 0; i < ints.length; i++) {
            if (!(numbers[i] instanceof Integer number)) {
                return null;
            }
            ints[i] = number;
        }
        return ints;
    }

    private static long @Nullable [] longs(@Nullable Object[] numbers) {
        long[] longs = new long[numbers.length];
        for (int i = 0; i < longs.length; i++) {
            if (!(numbers[i] instanceof Long number)) {
                return null;
            }
            longs[i] = number;
        }
        return longs;
    }

    private static double @Nullable [] doubles(@Nullable Object[] numbers) {
        double[] doubles = new double[numbers.length];
        for (int i = 0; i < doubles.length; i++) {
            if (!(numbers[i] instanceof Double number)) {
                return null;
            }
            doubles[i] = number;
        }
        return doubles;
    }

    /** Returns what {@link #unboxed} was given; null if it returns no such array. */
    public static @Nullable Object @Nullable [] boxed(Object array) {
        return switch (kind(array)) {
            case 'I' -> boxed((int[]) array);
            case 'J' -> boxed((long[]) array);
            case 'D' -> boxed((double[]) array);
            default -> null;
        };
    }

    private static @Nullable Object[] boxed(int[] ints) {
        @Nullable Object[] numbers = new @Nullable Object[ints.length];
        for (int i = 0; i < ints.length; i++) {
            numbers[i] = ints[i];
        }
        return numbers;
    }

    private static @Nullable Object[] boxed(long[] longs) {
        @Nullable Object[] numbers = new @Nullable Object[longs.length];
        for (int i = 0; i < longs.length; i++) {
            numbers[i] = longs[i];
        }
        return numbers;
    }

    private static @Nullable Object[] boxed(double[] doubles) {
        @Nullable Object[] numbers = new @Nullable Object[doubles.length];
        for (int i = 0; i < doubles.length; i++) {
            numbers[i] = doubles[i];
        }
        return numbers;
    }

    private static ByteBuffer view(byte[] bytes, int at, int size) {
        return ByteBuffer.wrap(bytes, at, size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
