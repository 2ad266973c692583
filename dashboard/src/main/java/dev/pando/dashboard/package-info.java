/** Pools, workers and tasks, live, in a browser: {@link dev.pando.dashboard.Dashboard}. */
@org.jspecify.annotations.NullMarked
package dev.pando.dashboard;
