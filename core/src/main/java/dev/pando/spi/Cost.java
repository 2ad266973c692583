package dev.pando.spi;

/** What an attempt cost a worker elsewhere. What was not measured is {@link #UNKNOWN}. */
public record Cost(long cpuNanos, long allocatedBytes, long sentBytes, long receivedBytes) {
    public static final long UNKNOWN = -1;
}
