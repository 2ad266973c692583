/**
 * The program's side. A unit is what one annotation covers: a class or a method. The engine finds the units, and runs
 * one after the other, on the thread of the launcher.
 *
 * <ul>
 *   <li>{@code IsolatedEngine} asks Jupiter for its tests and keeps the isolated ones; {@code TakenTests} knows them.
 *   <li>{@code UnitRun} runs one unit: as many rounds as workers die. It owns the worker's deadline.
 *   <li>{@code ReportLedger} owns what was reported: each test begins once and ends once, whatever workers do.
 *   <li>{@code WorkerPools} has a pool of processes for each kind of worker.
 * </ul>
 */
package dev.pando.junit.internal;
