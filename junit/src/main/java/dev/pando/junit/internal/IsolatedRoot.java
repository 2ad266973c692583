package dev.pando.junit.internal;

import java.util.List;
import java.util.Set;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.EngineDescriptor;

/** The root of all isolated tests; knows which of them were asked for by their unique ids. */
final class IsolatedRoot extends EngineDescriptor {
    private Set<UniqueId> asked = Set.of();

    IsolatedRoot(UniqueId uniqueId) {
        super(uniqueId, "Pando JUnit");
    }

    void adopt(TestDescriptor found, Set<UniqueId> uniqueIds) {
        asked = uniqueIds;
        for (TestDescriptor child : List.copyOf(found.getChildren())) {
            found.removeChild(child);
            addChild(child);
        }
    }

    /** Returns what to ask a worker for: the test, or those of its invocations that were asked for. */
    List<String> selection(TestDescriptor leaf) {
        List<String> parts = asked.stream()
                .filter(id -> id.hasPrefix(leaf.getUniqueId()) && !id.equals(leaf.getUniqueId()))
                .map(UniqueId::toString)
                .toList();
        return parts.isEmpty() ? List.of(leaf.getUniqueId().toString()) : parts;
    }
}
