/**
 * The worker's side. {@code UnitTask} is the task of the pool: it has the classes beside run a launcher, with Jupiter
 * alone, on the worker's main thread. {@code WorkerSession} sends what the launcher reports. A daemon thread waits for
 * the order to tell where the test is stuck.
 */
package dev.pando.junit.internal.worker;
