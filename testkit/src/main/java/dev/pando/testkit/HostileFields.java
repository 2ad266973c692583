package dev.pando.testkit;

import dev.pando.internal.codec.Codec;
import dev.pando.internal.process.wire.FrameWriter;
import dev.pando.internal.process.wire.MemoryUse;
import dev.pando.internal.process.wire.Message;
import dev.pando.spi.UnsendableException;
import dev.pando.spi.UnsendableException.Direction;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Messages of a worker with seeded content, made from the records of the protocol: a new message needs no line. */
final class HostileFields {
    private static final int[] NUMBERS = {0, -1, 1, 2, 3, Integer.MAX_VALUE, Integer.MIN_VALUE};
    private static final String[] TEXTS = {
        "", "\0", "java.lang.String", "../../etc/passwd", "[[[[I", "a".repeat(70_000), "dev.pando.Pool", "\uD800"
    };

    private static final List<MemoryUse> USES = List.of(MemoryUse.values());

    private final SplittableRandom random;

    HostileFields(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Returns the names of all messages that a worker can send. */
    static List<String> kinds() {
        return Arrays.stream(Message.ToParent.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .toList();
    }

    /** Returns the frame of such a message. */
    byte[] frame(String kind) throws ReflectiveOperationException {
        for (Class<?> type : Message.ToParent.class.getPermittedSubclasses()) {
            if (type.getSimpleName().equals(kind)) {
                return FrameWriter.frame(message(type));
            }
        }
        throw new AssertionError("no message is called " + kind);
    }

    private Message message(Class<?> type) throws ReflectiveOperationException {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < values.length; i++) {
            types[i] = components[i].getType();
            // mostly the right run, or else no message came further than to the first check
            values[i] = components[i].getName().equals("run") && random.nextInt(4) > 0 ? (Object) 1 : value(types[i]);
        }
        Constructor<?> constructor = type.getDeclaredConstructor(types);
        constructor.setAccessible(true);
        return (Message) constructor.newInstance(values);
    }

    private Object value(Class<?> type) {
        if (type == int.class) {
            return random.nextBoolean() ? NUMBERS[random.nextInt(NUMBERS.length)] : random.nextInt();
        }
        if (type == long.class) {
            return random.nextBoolean() ? (long) NUMBERS[random.nextInt(NUMBERS.length)] : random.nextLong();
        }
        if (type == boolean.class) {
            return random.nextBoolean();
        }
        if (type == String.class) {
            return TEXTS[random.nextInt(TEXTS.length)];
        }
        if (type == byte[].class) {
            return bytes();
        }
        if (type == MemoryUse.class) {
            return USES.get(random.nextInt(USES.size()));
        }
        if (type == StackTraceElement[].class) {
            StackTraceElement[] frames = new StackTraceElement[random.nextInt(3) * 500];
            Arrays.fill(frames, new StackTraceElement("a.B", "c", "B.java", random.nextInt()));
            return frames;
        }
        throw new AssertionError("a field of type " + type + ": teach HostileFields what to forge in it");
    }

    /** Returns noise, or else packed objects, whole or spoilt. */
    private byte[] bytes() {
        byte[] bytes;
        if (random.nextInt(4) == 0) {
            bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            return bytes;
        }
        try {
            bytes = new Codec().encode(object(), Direction.RESULT);
        } catch (UnsendableException e) {
            throw new AssertionError(e);
        }
        switch (random.nextInt(4)) {
            case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 1 -> bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            default -> {}
        }
        return bytes;
    }

    private Object object() {
        return switch (random.nextInt(5)) {
            case 0 -> "forged";
            case 1 -> new long[random.nextInt(100_000)];
            case 2 -> new IllegalStateException("forged", new Error("deeper"));
            case 3 -> new HashMap<>(Map.of("a", List.of(1, 2.0, 'c'), "b", Thread.State.NEW));
            default -> new Object[] {new int[3][3], List.of(), random.nextLong()};
        };
    }

    int below(int bound) {
        return random.nextInt(bound);
    }
}
