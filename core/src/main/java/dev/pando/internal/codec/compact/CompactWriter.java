package dev.pando.internal.codec.compact;

import dev.pando.internal.codec.message.LoaderNumbers;
import dev.pando.internal.codec.message.MemoryAttachments;
import dev.pando.internal.codec.message.PackedWork;
import dev.pando.internal.codec.message.PrimitiveArrays;
import dev.pando.internal.codec.message.SentValue;
import dev.pando.internal.codec.policy.CodeOrigin;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes one message in the short form, or finds that it has none. */
public final class CompactWriter {
    /**
     * The most bytes of a message in the short form: what a frame between processes holds. A longer one goes the long
     * way, which refuses it.
     */
    static final int LARGEST = 1 << 30;

    /** From so many elements on it is worth a look whether all are numbers of one kind. */
    private static final int MANY = 16;

    /** Bytes that mostly follow a large block: a number or two of its record. */
    private static final int BEHIND = 64;

    private final @Nullable LoaderNumbers loaderNumbers;

    private final int largest;

    /** Whether lambdas may be in the message: they go to workers, and a parent accepts none. */
    private final boolean lambdas;

    private byte[] bytes = new byte[128];
    private int count;
    private int depth;

    /** The places that the lambdas in the message come from. */
    private CodeOrigin origin = CodeOrigin.NONE;

    private byte @Nullable [] outermost;

    /** The arrays and lists in the message, by identity. */
    private @Nullable Set<Object> once;

    private CompactWriter(@Nullable LoaderNumbers loaderNumbers, boolean lambdas, int largest) {
        this.loaderNumbers = loaderNumbers;
        this.largest = largest;
        this.lambdas = lambdas;
    }

    /** Returns null if the work has no short form. */
    public static @Nullable PackedWork pack(Object work, @Nullable LoaderNumbers loaderNumbers)
            throws ReflectiveOperationException {
        CompactWriter writer = new CompactWriter(loaderNumbers, true, LARGEST);
        return writer.message(work)
                ? new PackedWork(writer.done(), writer.origin, Set.of(), null, writer.outermost)
                : null;
    }

    /** Encodes a value that is no work. Returns null if it has no short form. */
    public static byte @Nullable [] encode(@Nullable Object value) throws ReflectiveOperationException {
        return encode(value, LARGEST);
    }

    /** @param largest the most bytes */
    static byte @Nullable [] encode(@Nullable Object value, int largest) throws ReflectiveOperationException {
        CompactWriter writer = new CompactWriter(null, false, largest);
        return writer.message(value) ? writer.done() : null;
    }

    private byte[] done() {
        return Arrays.copyOf(bytes, count);
    }

    private boolean message(@Nullable Object value) throws ReflectiveOperationException {
        put(CompactFormat.QUICK);
        return value(value);
    }

    /**
     * Returns false if the value has no short form. Compares final classes, because a switch over types takes a new JVM
     * longer to make than all the rest of this.
     */
    private boolean value(@Nullable Object value) throws ReflectiveOperationException {
        if (count >= largest) {
            return false;
        }
        if (value == null) {
            return put(CompactFormat.NULL);
        }
        Class<?> type = value.getClass();
        if (type == Integer.class) {
            return put(CompactFormat.INT) && fixed((Integer) value, Integer.BYTES);
        }
        if (type == String.class) {
            return text((String) value);
        }
        if (type == Long.class) {
            return put(CompactFormat.LONG) && fixed((Long) value, Long.BYTES);
        }
        if (type == Double.class) {
            return put(CompactFormat.DOUBLE) && fixed(Double.doubleToRawLongBits((Double) value), Long.BYTES);
        }
        if (type == Boolean.class) {
            return put((Boolean) value ? CompactFormat.TRUE : CompactFormat.FALSE);
        }
        if (type == Float.class) {
            return put(CompactFormat.FLOAT) && fixed(Float.floatToRawIntBits((Float) value), Integer.BYTES);
        }
        if (type == Short.class) {
            return put(CompactFormat.SHORT) && fixed((Short) value, Short.BYTES);
        }
        if (type == Byte.class) {
            return put(CompactFormat.BYTE) && fixed((Byte) value, Byte.BYTES);
        }
        if (type == Character.class) {
            return put(CompactFormat.CHAR) && fixed((Character) value, Character.BYTES);
        }
        if (PrimitiveArrays.covers(type)) {
            return primitives(value);
        }
        return compound(value);
    }

    /** Writes a value that holds others. A value too deep for the reader has no short form. */
    private boolean compound(Object value) throws ReflectiveOperationException {
        if (++depth >= CompactReader.DEPTH - 1) {
            return false; // an array in a record is one deeper
        }
        boolean written;
        if (value instanceof Record record && RecordReader.covers(record.getClass())) {
            written = record(record);
        } else if (value.getClass() == ArrayList.class) {
            written = list((List<?>) value);
        } else if (value instanceof Serializable) {
            written = lambdas && lambda(value);
        } else {
            written = SentValue.of(value) instanceof SentValue sent && content(sent);
        }
        depth--;
        return written;
    }

    private boolean content(SentValue sent) throws ReflectiveOperationException {
        put(CompactFormat.CONTENT);
        put(sent.kind());
        if (sent.kind() == SentValue.ENTRY && sent.content() instanceof Object[] both) {
            return value(both[0]) && value(both[1]);
        }
        return value(sent.content());
    }

    private boolean record(Record record) throws ReflectiveOperationException {
        RecordReader form = RecordReader.of(record.getClass());
        put(CompactFormat.RECORD);
        block(form.name);
        for (int i = 0; i < form.width(); i++) {
            Object component = form.component(record, i);
            boolean written = component instanceof Object[] array ? array(array) : value(component);
            if (!written) {
                return false;
            }
        }
        return true;
    }

    /** Writes a copy of the elements, because another thread may change the list. */
    private boolean list(List<?> list) throws ReflectiveOperationException {
        if (!occursOnce(list)) {
            return false;
        }
        @Nullable Object[] elements = list.toArray();
        put(CompactFormat.LIST);
        fixed(elements.length, Integer.BYTES);
        for (Object element : elements) {
            if (!isPlain(element) || !value(element)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(@Nullable Object element) {
        return element == null
                || element instanceof Integer
                || element instanceof Long
                || element instanceof Double
                || element instanceof Boolean
                || element instanceof Float
                || element instanceof Short
                || element instanceof Byte
                || element instanceof Character;
    }

    private boolean array(@Nullable Object[] array) throws ReflectiveOperationException {
        if (array.getClass() != Object[].class) {
            return false;
        }
        Object numbers = array.length < MANY ? null : PrimitiveArrays.unboxed(array);
        if (numbers != null) {
            return put(CompactFormat.NUMBERS) && elements(numbers);
        }
        put(CompactFormat.ARRAY);
        fixed(array.length, Integer.BYTES);
        for (Object element : array) {
            if (!value(element)) {
                return false;
            }
        }
        return true;
    }

    private boolean lambda(Object lambda) throws ReflectiveOperationException {
        LambdaTemplate template = LambdaTemplate.of(lambda);
        if (template == null || (loaderNumbers != null && loaderNumbers.numberOf(template.capturing) != 0)) {
            return false;
        }
        Object[] captured = template.captured(lambda);
        origin = origin.and(template.origin);
        if (outermost == null && template.whole) {
            outermost = template.bytes;
        }
        put(CompactFormat.LAMBDA);
        block(template.bytes);
        for (Object each : captured) {
            if (!value(each)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Refuses large arrays, which may go through shared memory, and arrays that occur twice, which must arrive as one.
     */
    private boolean primitives(Object array) {
        if (PrimitiveArrays.size(array) >= MemoryAttachments.LARGE) {
            return false;
        }
        if (!occursOnce(array)) {
            return false;
        }
        return put(CompactFormat.PRIMITIVES) && elements(array);
    }

    private boolean elements(Object array) {
        long size = PrimitiveArrays.size(array);
        if (size > largest - count) {
            return false;
        }
        put(PrimitiveArrays.kind(array));
        fixed(size, Integer.BYTES);
        room((int) size);
        PrimitiveArrays.write(array, bytes, count, (int) size);
        count += (int) size;
        return true;
    }

    private boolean occursOnce(Object object) {
        if (once == null) {
            once = Collections.newSetFromMap(new IdentityHashMap<>());
        }
        return once.add(object);
    }

    private boolean text(String text) {
        int length = text.length();
        boolean latin = true;
        for (int i = 0; i < length && latin; i++) {
            latin = text.charAt(i) < 0x100;
        }
        long size = (long) length * (latin ? 1 : Character.BYTES);
        if (size > largest - count) {
            return false;
        }
        put(latin ? CompactFormat.LATIN : CompactFormat.WIDE);
        fixed(length, Integer.BYTES);
        room((int) size);
        if (latin) {
            for (int i = 0; i < length; i++) {
                bytes[count++] = (byte) text.charAt(i);
            }
        } else {
            for (int i = 0; i < length; i++) {
                fixed(text.charAt(i), Character.BYTES);
            }
        }
        return true;
    }

    private void block(byte[] block) {
        fixed(block.length, Integer.BYTES);
        room(block.length);
        System.arraycopy(block, 0, bytes, count, block.length);
        count += block.length;
    }

    private boolean put(int one) {
        room(1);
        bytes[count++] = (byte) one;
        return true;
    }

    private boolean fixed(long number, int width) {
        room(width);
        for (int shift = 8 * (width - 1); shift >= 0; shift -= 8) {
            bytes[count++] = (byte) (number >>> shift);
        }
        return true;
    }

    private void room(int more) {
        if (count + more > bytes.length) {
            int doubled = (int) Math.min(2L * bytes.length, LARGEST);
            bytes = Arrays.copyOf(bytes, Math.max(doubled, count + more + BEHIND));
        }
    }
}
