/**
 * The only classes of the worker that know JUnit's launcher. A build such as Surefire may keep the launcher off the
 * class path of the tests; then a loader of their own has these classes and that jar. So they share with the rest of
 * the worker nothing but public members.
 */
package dev.pando.junit.internal.launch;
