package dev.pando.internal.process.wire;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Every kind of message, with random content. A new kind, or a field of a new type, shows up here. */
final class RandomMessages {
    private RandomMessages() {}

    static List<Class<?>> kinds() {
        return Stream.of(Message.ToWorker.class, Message.ToParent.class)
                .flatMap(way -> Stream.<Class<?>>of(way.getPermittedSubclasses()))
                .flatMap(kind -> kind.isInterface()
                        ? Stream.<Class<?>>of(kind.getPermittedSubclasses())
                        : Stream.<Class<?>>of(kind))
                .toList();
    }

    static Message random(Class<?> kind, SplittableRandom random) {
        try {
            RecordComponent[] components = kind.getRecordComponents();
            Object[] values = new Object[components.length];
            Class<?>[] types = new Class<?>[components.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = value(types[i] = components[i].getType(), random);
            }
            var constructor = kind.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return (Message) constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns a message of each kind. */
    static List<Message> oneOfEach(SplittableRandom random) {
        return kinds().stream().map(kind -> random(kind, random)).toList();
    }

    private static Object value(Class<?> type, SplittableRandom random) {
        if (type == int.class) {
            return random.nextInt() >> random.nextInt(32);
        }
        if (type == long.class) {
            return random.nextLong() >> random.nextInt(64);
        }
        if (type == boolean.class) {
            return random.nextBoolean();
        }
        if (type == MemoryUse.class) {
            return MemoryUse.values()[random.nextInt(MemoryUse.values().length)];
        }
        if (type == String.class) {
            return text(random);
        }
        if (type == byte[].class) {
            return bytes(random);
        }
        if (type == StackTraceElement[].class) {
            return frames(random);
        }
        if (type == List.class) {
            return runs(random);
        }
        throw new AssertionError("a field of type " + type + ": teach this test, the writer and the reader");
    }

    private static byte[] bytes(SplittableRandom random) {
        byte[] bytes = new byte[random.nextInt(10) == 0 ? random.nextInt(100_000) : random.nextInt(60)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Runs of which some equal the run before, some differ entirely, and some differ in their end. */
    static List<Message.Run> runs(SplittableRandom random) {
        List<Message.Run> runs = new ArrayList<>();
        byte[] work = bytes(random);
        for (int i = random.nextInt(6); i > 0; i--) {
            work = random.nextInt(3) == 0
                    ? bytes(random)
                    : java.util.Arrays.copyOf(work, Math.max(0, work.length + random.nextInt(-3, 4)));
            if (work.length > 0) {
                work[random.nextInt(work.length)]++;
            }
            runs.add(new Message.Run(random.nextInt(), work));
        }
        return runs;
    }

    private static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(20); i > 0; i--) {
            int point = switch (random.nextInt(4)) {
                case 0 -> random.nextInt(0x10_000, 0x11_0000);
                case 1 -> random.nextInt(0xE000, 0x10_000);
                case 2 -> random.nextInt(1, 0xD800);
                default -> random.nextInt(1, 128);
            };
            text.appendCodePoint(point);
        }
        return text.toString();
    }

    private static StackTraceElement[] frames(SplittableRandom random) {
        List<StackTraceElement> frames = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            frames.add(new StackTraceElement(
                    maybe(random),
                    maybe(random),
                    maybe(random),
                    text(random),
                    text(random),
                    maybe(random),
                    random.nextInt(-2, 5000)));
        }
        return frames.toArray(StackTraceElement[]::new);
    }

    private static String maybe(SplittableRandom random) {
        return random.nextBoolean() ? null : text(random);
    }

    /** Returns the fields, arrays included, as a list that can be compared. */
    static List<Object> fields(Message message) {
        try {
            List<Object> fields = new ArrayList<>(List.of(message.getClass()));
            for (RecordComponent component : message.getClass().getRecordComponents()) {
                var accessor = component.getAccessor();
                accessor.setAccessible(true);
                Object value = accessor.invoke(message);
                fields.add(
                        switch (value) {
                            case byte[] bytes -> java.util.HexFormat.of().formatHex(bytes);
                            case StackTraceElement[] frames -> List.of(frames);
                            case List<?> runs ->
                                runs.stream().map(run -> fields((Message) run)).toList();
                            default -> value;
                        });
            }
            return fields;
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
