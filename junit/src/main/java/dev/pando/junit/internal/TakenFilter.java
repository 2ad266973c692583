package dev.pando.junit.internal;

import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.launcher.PostDiscoveryFilter;

/** Takes from Jupiter what our engine runs. The launcher asks, when all engines have found their tests. */
public final class TakenFilter implements PostDiscoveryFilter {

    /** Made by JUnit. */
    public TakenFilter() {}

    @Override
    public FilterResult apply(TestDescriptor descriptor) {
        return FilterResult.includedIf(!TakenTests.isTaken(descriptor), () -> "shared", () -> "left to a worker");
    }
}
