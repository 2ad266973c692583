package dev.pando.internal.codec.compact;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What templates and names of records mean where they arrive, found out once. Any thread. What comes from somewhere
 * else is forgotten when it becomes too much: a program that generates classes may send any number of templates.
 */
public final class CompactFormatCache {
    /**
     * How many meanings are remembered. More than a program has places where it submits a lambda; at about a kilobyte
     * for each with its method handle, they stay below a few megabytes. Beyond that all are forgotten, and found out
     * again.
     */
    private static final int MAX_FORMS = 2_000;

    private final Map<FormatKey, Object> forms = new ConcurrentHashMap<>();
    private final @Nullable ClassLoader home;

    /** Only so that what arrived need not be copied before it is known to be new. */
    @SuppressWarnings("ArrayRecordComponent") // it has an equals of its own
    private record FormatKey(byte[] bytes, int from, int to, int hash) {
        static FormatKey of(byte[] bytes, int from, int to) {
            int hash = 0;
            for (int i = from; i < to; i++) {
                hash = 31 * hash + bytes[i];
            }
            return new FormatKey(bytes, from, to, hash);
        }

        FormatKey kept() {
            return new FormatKey(Arrays.copyOfRange(bytes, from, to), 0, to - from, hash);
        }

        String text() {
            return new String(bytes, from, to - from, StandardCharsets.UTF_8);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof FormatKey key
                    && key.hash == hash
                    && Arrays.equals(bytes, from, to, key.bytes, key.from, key.to);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    /** @param home where classes are looked for; {@code null}: where the thread that decodes would */
    public CompactFormatCache(@Nullable ClassLoader home) {
        this.home = home;
    }

    public LambdaReader lambda(byte[] bytes, int from, int to) throws ReflectiveOperationException {
        FormatKey key = FormatKey.of(bytes, from, to);
        if (forms.get(key) instanceof LambdaReader form) {
            return form;
        }
        LambdaReader form = new LambdaReader(
                key.text(), home != null ? home : Thread.currentThread().getContextClassLoader());
        if (home != null) {
            keep(key, form);
        }
        return form;
    }

    RecordReader record(byte[] bytes, int from, int to) throws ClassNotFoundException {
        FormatKey key = FormatKey.of(bytes, from, to);
        if (forms.get(key) instanceof RecordReader form) {
            return form;
        }
        Class<?> type = Class.forName(key.text(), false, CompactFormatCache.class.getClassLoader());
        if (!RecordReader.covers(type)) {
            throw new ClassNotFoundException(type + " does not travel so");
        }
        RecordReader form = RecordReader.of(type);
        keep(key, form);
        return form;
    }

    private void keep(FormatKey key, Object form) {
        if (forms.size() >= MAX_FORMS) {
            forms.clear();
        }
        forms.put(key.kept(), form);
    }
}
