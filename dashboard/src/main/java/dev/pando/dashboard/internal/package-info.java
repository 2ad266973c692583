/** The inside of the dashboard: what is recorded, what is told as JSON, and the door in front of it. */
@org.jspecify.annotations.NullMarked
package dev.pando.dashboard.internal;
