package dev.pando.junit.internal.wire;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a worker is to run.
 *
 * @param ids the unique ids of the tests
 * @param done the unique ids of tests and containers that have ended in a worker before this one
 * @param properties the system properties of the program; {@code null}: those of the {@link WorkerSetup}
 * @param timed whether a test may be late, and the worker be asked where it is
 * @param reused whether the worker may get other units, and will be told when there is no other
 * @param next the unique ids of what it will probably be asked for then; none if that is not known
 */
public record UnitOrder(
        List<String> ids,
        Set<String> done,
        @Nullable Map<String, String> properties,
        boolean timed,
        boolean reused,
        List<String> next)
        implements Serializable {}
