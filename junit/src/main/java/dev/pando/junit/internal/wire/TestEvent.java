package dev.pando.junit.internal.wire;

import java.io.Serializable;
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

    /**
     * Returns the event as bytes, so that no class of a test needs to be known on the way. The two events that every
     * test has are their ids, because serialisation costs more than the test.
     */
    default byte[] packed() {
        return switch (this) {
            case Started started -> EventBytes.of(EventBytes.STARTED, started.id);
            case Passed passed -> EventBytes.of(EventBytes.PASSED, passed.id);
            default -> EventBytes.serialized(this);
        };
    }

    /** The event in these bytes. */
    static TestEvent unpack(byte[] packed) {
        return switch (packed[0]) {
            case EventBytes.STARTED -> new Started(EventBytes.id(packed));
            case EventBytes.PASSED -> new Passed(EventBytes.id(packed));
            default -> EventBytes.deserialized(packed);
        };
    }
}
