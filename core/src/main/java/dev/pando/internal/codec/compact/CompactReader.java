package dev.pando.internal.codec.compact;

import dev.pando.internal.codec.message.PrimitiveArrays;
import dev.pando.internal.codec.message.SentValue;
import dev.pando.internal.codec.policy.ResultPolicy;
import java.io.InvalidObjectException;
import java.io.StreamCorruptedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** Reads one message in the short form. Believes nothing: every length is checked against the bytes that are left. */
public final class CompactReader {
    /** Wrappings within wrappings, and what lambdas capture: deeper than code written by hand. */
    static final int DEPTH = 64;

    private final byte[] bytes;
    private final int end;
    private final CompactFormatCache forms;

    /** Filter for untrusted bytes; null means that the sender is trusted. */
    private final @Nullable ResultPolicy policy;

    private int at;
    private int depth;

    private CompactReader(
            byte[] bytes, int offset, int length, CompactFormatCache forms, @Nullable ResultPolicy policy) {
        this.bytes = bytes;
        this.at = offset;
        this.end = offset + length;
        this.forms = forms;
        this.policy = policy;
    }

    public static @Nullable Object decode(
            byte[] bytes, int offset, int length, CompactFormatCache forms, @Nullable ResultPolicy policy)
            throws Throwable {
        CompactReader reader = new CompactReader(bytes, offset + 1, length - 1, forms, policy);
        Object value = reader.value();
        if (reader.at != reader.end) {
            throw new StreamCorruptedException((reader.end - reader.at) + " bytes too many");
        }
        return value;
    }

    private @Nullable Object value() throws Throwable {
        if (depth == DEPTH) {
            throw new StreamCorruptedException("values within values, more than " + DEPTH + " deep");
        }
        depth++;
        Object value = value(bytes[take(1)]);
        depth--;
        return value;
    }

    /**
     * Returns the value behind this tag. Beyond 325 bytes of code the compiler inlines it no more, and makes this
     * reader an object for each number that is read: a fifth less of them.
     */
    private @Nullable Object value(byte tag) throws Throwable {
        return switch (tag) {
            case CompactFormat.NULL -> null;
            case CompactFormat.TRUE -> true;
            case CompactFormat.FALSE -> false;
            case CompactFormat.BYTE -> (byte) fixed(Byte.BYTES);
            case CompactFormat.SHORT -> (short) fixed(Short.BYTES);
            case CompactFormat.CHAR -> (char) fixed(Character.BYTES);
            case CompactFormat.INT -> (int) fixed(Integer.BYTES);
            case CompactFormat.LONG -> fixed(Long.BYTES);
            case CompactFormat.FLOAT -> Float.intBitsToFloat((int) fixed(Integer.BYTES));
            case CompactFormat.DOUBLE -> Double.longBitsToDouble(fixed(Long.BYTES));
            case CompactFormat.LATIN -> latin();
            case CompactFormat.WIDE -> wide();
            case CompactFormat.ARRAY -> array();
            case CompactFormat.RECORD -> record();
            case CompactFormat.LAMBDA -> lambda();
            case CompactFormat.CONTENT -> content();
            case CompactFormat.LIST -> list();
            case CompactFormat.PRIMITIVES -> primitives();
            case CompactFormat.NUMBERS -> numbers();
            default -> throw new StreamCorruptedException("no value has the tag " + tag);
        };
    }

    private String latin() throws StreamCorruptedException {
        int length = length(1);
        return new String(bytes, take(length), length, StandardCharsets.ISO_8859_1);
    }

    private String wide() throws StreamCorruptedException {
        char[] chars = new char[length(Character.BYTES)];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = (char) fixed(Character.BYTES);
        }
        return new String(chars);
    }

    private @Nullable Object[] array() throws Throwable {
        @Nullable Object[] array = new @Nullable Object[length(1)];
        for (int i = 0; i < array.length; i++) {
            array[i] = value();
        }
        return array;
    }

    private Object list() throws Throwable {
        int length = length(1);
        ArrayList<@Nullable Object> list = new ArrayList<>(length);
        for (int i = 0; i < length; i++) {
            byte tag = bytes[take(1)];
            if (tag > CompactFormat.DOUBLE) {
                throw new StreamCorruptedException("no element of a list has the tag " + tag);
            }
            list.add(value(tag));
        }
        return list;
    }

    private char kind() throws StreamCorruptedException {
        return (char) bytes[take(1)];
    }

    private Object primitives() throws StreamCorruptedException {
        return primitives(kind());
    }

    private Object primitives(char kind) throws StreamCorruptedException {
        int width = PrimitiveArrays.width(kind);
        int size = length(1);
        if (width == 0 || size % width != 0) {
            throw new StreamCorruptedException(size + " bytes of an array of the kind " + (int) kind);
        }
        return PrimitiveArrays.read(kind, bytes, take(size), size);
    }

    private Object numbers() throws StreamCorruptedException {
        char kind = kind();
        @Nullable Object[] numbers = PrimitiveArrays.boxed(primitives(kind));
        if (numbers == null) {
            throw new StreamCorruptedException("numbers of the kind " + (int) kind);
        }
        return numbers;
    }

    private Object content() throws Throwable {
        char kind = kind();
        Object content = kind == SentValue.ENTRY ? new @Nullable Object[] {value(), value()} : value();
        return new SentValue(kind, content).readResolve();
    }

    private Object record() throws Throwable {
        RecordReader form = forms.record(bytes, block(), at);
        if (policy != null && !policy.letsIn(form.type)) {
            throw new InvalidObjectException(form.type.getName() + " is no result");
        }
        @Nullable Object[] values = new @Nullable Object[form.width()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value();
        }
        return form.record(values);
    }

    private Object lambda() throws Throwable {
        if (policy != null) {
            throw new InvalidObjectException("a lambda is no result");
        }
        LambdaReader form = forms.lambda(bytes, block(), at);
        @Nullable Object[] captured = new @Nullable Object[form.width()];
        for (int i = 0; i < captured.length; i++) {
            captured[i] = value();
        }
        return form.lambda(captured);
    }

    /** Skips a block. Returns where it begins; it ends where the reader is now. */
    private int block() throws StreamCorruptedException {
        return take(length(1));
    }

    /**
     * Reads a number of elements, each of at least {@code width} bytes. Throws if the message is too short for them.
     */
    private int length(int width) throws StreamCorruptedException {
        int length = (int) fixed(Integer.BYTES);
        if (length < 0 || length > (end - at) / width) {
            throw new StreamCorruptedException(length + " of something in " + (end - at) + " bytes");
        }
        return length;
    }

    private long fixed(int width) throws StreamCorruptedException {
        int from = take(width);
        long number = 0;
        for (int i = 0; i < width; i++) {
            number = number << 8 | (bytes[from + i] & 0xff);
        }
        return number;
    }

    /** Skips so many bytes. Returns where they begin. */
    private int take(int count) throws StreamCorruptedException {
        if (count > end - at) {
            throw new StreamCorruptedException(count + " bytes wanted, " + (end - at) + " left");
        }
        int from = at;
        at += count;
        return from;
    }
}
