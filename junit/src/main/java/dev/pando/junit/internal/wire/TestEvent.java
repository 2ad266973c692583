package dev.pando.junit.internal.wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestSource;

/** What a worker tells of its tests, in the order in which it happens. Every event but one is about one test. */
public sealed interface TestEvent extends Serializable {

    /** Which test or container: its unique id. */
    String id();

    /** A test that came up while its container ran: an invocation of a parameterised test, for instance. */
    record Registered(
            String id,
            String parent,
            String displayName,
            String legacyName,
            @Nullable TestSource source,
            List<String> tags,
            boolean test,
            boolean container)
            implements TestEvent {}

    /** It begins. */
    record Started(String id) implements TestEvent {}

    /** It does not run. */
    record Skipped(String id, String reason) implements TestEvent {}

    /** It ended well. */
    record Passed(String id) implements TestEvent {}

    /** It ended otherwise. */
    record Threw(String id, boolean aborted, @Nullable ThrownCopy thrown) implements TestEvent {}

    /** It published this. */
    record Published(String id, Map<String, String> entries) implements TestEvent {}

    /** It published a file or a folder. */
    record FiledAway(String id, String path, @Nullable String mediaType) implements TestEvent {}

    /** It was told to stop, and is here. */
    record StuckAt(String id, List<StackTraceElement> stack) implements TestEvent {}

    /** Returns the event as bytes, so that no class of a test needs to be known on the way. */
    default byte[] packed() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The event in these bytes. */
    static TestEvent unpack(byte[] packed) {
        try (LoaderInput in = new LoaderInput(new ByteArrayInputStream(packed))) {
            return (TestEvent) in.readObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("the worker and this program do not have the same classes", e);
        }
    }
}
