/** Pools as meters of Micrometer: {@link dev.pando.micrometer.PoolMetrics}. */
@org.jspecify.annotations.NullMarked
package dev.pando.micrometer;
