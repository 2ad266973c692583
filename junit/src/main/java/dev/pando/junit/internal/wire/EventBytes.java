package dev.pando.junit.internal.wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The bytes of events: one that says which kind it is, and then an id, or a serialised event. */
final class EventBytes {
    static final byte STARTED = 1;
    static final byte PASSED = 2;

    private static final byte SERIALIZED = 0;

    private EventBytes() {}

    static byte[] of(byte kind, String id) {
        byte[] text = id.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = new byte[text.length + 1];
        bytes[0] = kind;
        System.arraycopy(text, 0, bytes, 1, text.length);
        return bytes;
    }

    static String id(byte[] packed) {
        return new String(packed, 1, packed.length - 1, StandardCharsets.UTF_8);
    }

    static byte[] serialized(TestEvent event) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        bytes.write(SERIALIZED);
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(event);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static TestEvent deserialized(byte[] packed) {
        try (LoaderInput in = new LoaderInput(new ByteArrayInputStream(packed, 1, packed.length - 1))) {
            return (TestEvent) in.readObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("the worker and this program do not have the same classes", e);
        }
    }
}
