package dev.pando.junit.internal;

import dev.pando.junit.internal.wire.WorkerSetup;
import java.util.function.BooleanSupplier;
import org.junit.platform.engine.EngineExecutionListener;

/** What all units of one run share. */
record UnitContext(
        IsolatedRoot root,
        EngineExecutionListener listener,
        WorkerPools pools,
        WorkerSetup setup,
        UnitSequence sequence,
        BooleanSupplier cancelled) {}
