/**
 * The contract that every backend passes, yours included: extend {@link dev.pando.testkit.PoolContract}, say which
 * backend, and run the class with JUnit.
 *
 * <pre>
 *   class MyBackendTest extends PoolContract {
 *       public Backend workers(int count) { return MyBackend.of(count); }
 *   }
 * </pre>
 *
 * <p>A task of the contract may run in another JVM, so it shares nothing with the test but what travels. Test and task
 * meet at a {@link dev.pando.testkit.Gate}, and count on a {@link dev.pando.testkit.Tally}: both reach the test's JVM
 * from wherever the task runs, and no test sleeps to synchronise. A test that does not apply to some workers asks
 * {@link dev.pando.testkit.Subject} first.
 *
 * <p>A {@code null} where none belongs ends in a {@link NullPointerException}, which fails the test.
 *
 * <p>After each test {@link dev.pando.testkit.Pools} checks that the pool closed in time and left nothing behind.
 */
@org.jspecify.annotations.NullMarked
package dev.pando.testkit;
