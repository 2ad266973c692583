/**
 * What is let in from a worker, and what that may cost.
 *
 * <pre>
 *    ResultPolicy ── CodeOrigin, ClassPatterns, TrustedClasses     which classes a result may contain
 *         │
 *    ResultFilter ── UnpackBudget, HashCost ── HashTally           asked for each class and size while it is read
 *         └────── ExceptionFacts                               which exceptions of the class path are plain data
 *    ClassTrace, ClassFacts, ClassLocation, StaticInitializers     what is known of a class without running it
 *    FactCache                                                     keeps such facts, and no class loader
 * </pre>
 *
 * <p>A filter belongs to the one message that it checks; facts about classes are kept by class. Start reading at {@code
 * ResultPolicy}.
 */
package dev.pando.internal.codec.policy;
