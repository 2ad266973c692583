package dev.pando.junit.internal;

import dev.pando.junit.internal.worker.JupiterEngine;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.UniqueId.Segment;

/**
 * Which tests our engine has taken in the discovery that this thread performs, so that Jupiter leaves out those and no
 * others: where our engine does not take part, Jupiter keeps all, and the extension lets them fail.
 */
final class TakenTests {
    private static final ThreadLocal<Set<List<Segment>>> TAKEN = ThreadLocal.withInitial(Set::of);

    private TakenTests() {}

    static void take(TestDescriptor root) {
        Set<List<Segment>> taken = new HashSet<>();
        root.accept(descriptor -> taken.add(belowEngine(descriptor.getUniqueId())));
        TAKEN.set(taken);
    }

    static void forget() {
        TAKEN.remove();
    }

    /** Returns whether Jupiter has found this test too. */
    static boolean isTaken(TestDescriptor descriptor) {
        UniqueId id = descriptor.getUniqueId();
        return id.getSegments().get(0).getValue().equals(JupiterEngine.JUPITER)
                && TAKEN.get().contains(belowEngine(id));
    }

    private static List<Segment> belowEngine(UniqueId id) {
        return id.getSegments().subList(1, id.getSegments().size());
    }
}
