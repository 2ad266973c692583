package dev.pando.junit.internal;

import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.platform.engine.EngineExecutionListener;

/** What all units of one run share. */
record UnitContext(
        IsolatedRoot root,
        EngineExecutionListener listener,
        WorkerPools pools,
        Map<String, String> parameters,
        BooleanSupplier cancelled) {}
