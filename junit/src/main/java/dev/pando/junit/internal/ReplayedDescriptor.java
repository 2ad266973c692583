package dev.pando.junit.internal;

import dev.pando.junit.internal.wire.TestEvent;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;

/** A test that came up in the worker, as the worker's Jupiter describes it. */
final class ReplayedDescriptor extends AbstractTestDescriptor {
    private final TestEvent.Registered described;

    ReplayedDescriptor(TestEvent.Registered described) {
        super(UniqueId.parse(described.id()), described.displayName(), described.source());
        this.described = described;
    }

    @Override
    public Type getType() {
        if (!described.container()) {
            return Type.TEST;
        }
        return described.test() ? Type.CONTAINER_AND_TEST : Type.CONTAINER;
    }

    @Override
    public String getLegacyReportingName() {
        return described.legacyName();
    }

    @Override
    public Set<TestTag> getTags() {
        return described.tags().stream().map(TestTag::create).collect(Collectors.toSet());
    }

    @Override
    public boolean mayRegisterTests() {
        return described.container();
    }
}
