package dev.pando.spi;

/**
 * What an attempt cost a worker elsewhere. What was not measured is {@link #UNKNOWN}.
 *
 * @param cpuNanos how long it had a processor
 * @param allocatedBytes how much memory it allocated
 * @param sentBytes how much was sent to the worker
 * @param receivedBytes how much the worker answered
 */
public record Cost(long cpuNanos, long allocatedBytes, long sentBytes, long receivedBytes) {
    /** In the place of a number that was not measured. */
    public static final long UNKNOWN = -1;
}
