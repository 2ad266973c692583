package dev.pando.junit.internal.wire;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * What each worker of a run is told once, before its first unit.
 *
 * @param places jars and folders that are not on the class path of a worker, and have what a launcher needs
 * @param parameters JUnit's configuration parameters
 * @param properties the system properties of the program when the run began
 */
public record WorkerSetup(List<String> places, Map<String, String> parameters, Map<String, String> properties)
        implements Serializable {}
