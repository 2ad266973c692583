package dev.pando.internal.codec.compact;

import dev.pando.Task;
import dev.pando.internal.codec.Codec;
import dev.pando.internal.codec.policy.ClassPatterns;
import dev.pando.internal.codec.policy.CodeOrigin;
import dev.pando.internal.codec.policy.ResultPolicy;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/** A codec, and random values of all kinds that it writes in the compact format. */
abstract class CompactFixture {
    final Codec codec = new Codec(null, CompactFixture.class.getClassLoader());
    final ResultPolicy strict = new ResultPolicy(CodeOrigin.NONE, ClassPatterns.NOTHING);

    /** A record of ours that is not visible here: a runnable, and the value that it stands for. */
    static Record wrapped(Object value) {
        return ours("dev.pando.internal.task.SubmittedWork$RunnableWork", null, value);
    }

    /** The result of a chunk of a map. */
    static Record yielded(Object[] results, long nanos) {
        return ours("dev.pando.internal.map.ChunkTask$Yield", results, nanos);
    }

    static Record ours(String name, Object... components) {
        try {
            return RecordReader.of(Class.forName(name)).record(components);
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    static boolean isQuick(byte[] bytes) {
        return CompactFormat.is(bytes, 0, bytes.length);
    }

    static Object simple(SplittableRandom random) {
        return switch (random.nextInt(14)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> (byte) random.nextInt();
            case 3 -> (short) random.nextInt();
            case 4 -> (char) random.nextInt();
            case 5 -> random.nextInt() >> random.nextInt(32);
            case 6 -> random.nextLong() >> random.nextInt(64);
            case 7 -> Float.intBitsToFloat(random.nextInt());
            case 8 -> Double.longBitsToDouble(random.nextLong());
            case 9 -> Double.NaN;
            case 10 -> -0.0;
            case 11 -> "";
            case 12 -> text(random, 0x80);
            default -> text(random, 0x10000); // unpaired surrogates among them
        };
    }

    static String text(SplittableRandom random, int below) {
        char[] chars = new char[random.nextInt(40)];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = (char) random.nextInt(below);
        }
        return new String(chars);
    }

    /** A primitive array of any type and with any bit pattern. */
    static Object primitives(SplittableRandom random, int most) {
        int length = random.nextInt(most);
        Object array = switch (random.nextInt(8)) {
            case 0 -> new boolean[length];
            case 1 -> new byte[length];
            case 2 -> new short[length];
            case 3 -> new char[length];
            case 4 -> new int[length];
            case 5 -> new long[length];
            case 6 -> new float[length];
            default -> new double[length];
        };
        for (int i = 0; i < length; i++) {
            switch (array) {
                case boolean[] truths -> truths[i] = random.nextBoolean();
                case byte[] bytes -> bytes[i] = (byte) random.nextInt();
                case short[] shorts -> shorts[i] = (short) random.nextInt();
                case char[] chars -> chars[i] = (char) random.nextInt();
                case int[] ints -> ints[i] = random.nextInt();
                case long[] longs -> longs[i] = random.nextLong();
                case float[] floats -> floats[i] = Float.intBitsToFloat(random.nextInt());
                case double[] doubles -> doubles[i] = Double.longBitsToDouble(random.nextLong());
                default -> throw new AssertionError(array);
            }
        }
        return array;
    }

    /** An Optional, a path or an entry, each holding no more than simple values. */
    static Object content(SplittableRandom random, int deep) {
        if (deep > 0 && random.nextBoolean()) {
            return Optional.of(content(random, deep - 1));
        }
        return switch (random.nextInt(6)) {
            case 0 -> Optional.ofNullable(simple(random));
            case 1 -> OptionalInt.of(random.nextInt());
            case 2 -> OptionalLong.of(random.nextLong());
            case 3 -> OptionalDouble.of(random.nextDouble());
            case 4 -> Path.of("dir", "file" + random.nextInt());
            default -> Map.entry(text(random, 0x80), deep > 0 ? content(random, deep - 1) : random.nextInt());
        };
    }

    static Record wrapping(SplittableRandom random, int deep) {
        if (deep > 0 && random.nextBoolean()) {
            return wrapped(wrapping(random, deep - 1));
        }
        if (random.nextBoolean()) {
            return wrapped(simple(random));
        }
        if (random.nextInt(4) == 0) {
            return yielded(numbers(random), random.nextLong());
        }
        Object[] many = new Object[random.nextInt(6)];
        for (int i = 0; i < many.length; i++) {
            many[i] = random.nextInt(4) == 0 ? primitives(random, 10) : simple(random);
        }
        return yielded(many, random.nextLong());
    }

    /** Mostly as many numbers of one kind as go without a tag for each. */
    static Object[] numbers(SplittableRandom random) {
        Object[] numbers = new Object[10 + random.nextInt(20)];
        int kind = random.nextInt(4);
        Arrays.setAll(numbers, i -> switch (kind) {
            case 0 -> random.nextInt();
            case 1 -> random.nextLong();
            case 2 -> Double.longBitsToDouble(random.nextLong());
            default -> (float) i;
        });
        if (random.nextInt(4) == 0) {
            numbers[random.nextInt(numbers.length)] = simple(random);
        }
        return numbers;
    }

    static <T> Task<T> constant(T value) {
        return () -> value;
    }
}
