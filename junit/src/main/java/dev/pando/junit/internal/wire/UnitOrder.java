package dev.pando.junit.internal.wire;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a worker is to run.
 *
 * @param ids the unique ids of the tests
 * @param done the unique ids of tests and containers that have ended in a worker before this one
 * @param parameters JUnit's configuration parameters
 * @param properties the system properties of the program
 */
public record UnitOrder(
        List<String> ids, Set<String> done, Map<String, String> parameters, Map<String, String> properties)
        implements Serializable {}
