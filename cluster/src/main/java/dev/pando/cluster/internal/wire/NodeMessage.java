package dev.pando.cluster.internal.wire;

import dev.pando.spi.Failure;
import java.util.List;

/**
 * All that a program and a node say to each other. A session is one acquaintance of the two: it begins with a greeting
 * and ends when one of them leaves, so that what is left of an earlier one is never taken for the present.
 */
@SuppressWarnings("ArrayRecordComponent") // shipped, and never compared
public sealed interface NodeMessage {
    /** Raised whenever a message changes: both sides must have the same. */
    int PROTOCOL = 5;

    /** What a program says to a node. */
    sealed interface ToNode extends NodeMessage {}

    /** What a node says to a program. */
    sealed interface ToProgram extends NodeMessage {}

    /**
     * A program has seen the node.
     *
     * @param pando the version of Pando
     * @param java the feature version of Java
     * @param program the name of the pool
     * @param metered whether it wants to know what tasks cost
     */
    record Hello(int protocol, String pando, int java, String program, boolean metered) implements ToNode {}

    /**
     * A task.
     *
     * @param run the program's number for this attempt
     * @param worker what the program calls the slot; empty if the task lies until a slot is free
     * @param attempt which one it is, from 1
     */
    record Run(int run, String task, String worker, int attempt, byte[] work) implements ToNode {}

    /** The task of this number is to stop. */
    record Stop(int run) implements ToNode {}

    /** The node is to give back so many of the tasks that it has not begun, the last ones first. */
    record Recall(int most) implements ToNode {}

    /** A tool wants to know where the task of this number is. The node answers every such question. */
    record Locate(int run) implements ToNode {}

    /**
     * The class that was wanted.
     *
     * @param definer the loader that defines it, {@code ShippedClass.NOWHERE} if there is none
     */
    record Code(int question, int definer, String digest, byte[] file) implements ToNode {}

    /** What came of a call, which only the task can open. */
    record Reply(int question, byte[] reply) implements ToNode {}

    /** The program leaves. */
    record Bye() implements ToNode {}

    /** A question of {@code pando nodes}: who is there. */
    record Who() implements ToNode {}

    /**
     * The node takes tasks of this program.
     *
     * @param pool what its tasks run on
     */
    record Welcome(String node, int slots, String pool) implements ToProgram {}

    /** The node does not, and why. */
    record Refused(String node, String reason) implements ToProgram {}

    /** How many tasks the node takes from now on; 0 when it is about to leave. */
    record Slots(int slots) implements ToProgram {}

    /** Where a task was when it was told to stop. */
    record Stuck(int run, List<StackTraceElement> frames) implements ToProgram {}

    /** Where a task is, which goes on; no frames if it does not run. */
    record Located(int run, List<StackTraceElement> frames) implements ToProgram {}

    /** How far a task is, as it says: from 0 to 1. */
    record Progress(int run, double fraction, String text) implements ToProgram {}

    /** A task calls what the program offers by this name; the question is the node's number for the call. */
    record Call(int run, int question, String name, byte[] argument) implements ToProgram {}

    /** The call is not wanted any more, and is not replied to. */
    record Withdraw(int question) implements ToProgram {}

    /**
     * What a worker answered, as it packed it; see {@code TaskEnvelope}.
     *
     * @param nanos for how long the task ran, -1 if it did not
     */
    record Answer(int run, long nanos, Bill bill, byte[] envelope) implements ToProgram {}

    /** The worker of a task died. */
    record Lost(int run, Failure.Lost loss) implements ToProgram {}

    /** The task was not begun, and will not be: the node is leaving. */
    record Returned(int run) implements ToProgram {}

    /** What came of a recall: these tasks were not begun, and will not be. */
    record Recalled(List<Integer> runs) implements ToProgram {}

    /** A worker needs this class, as the loader of this number sees it. */
    record Wanted(int question, int loader, String type) implements ToProgram {}

    /** What a node says of itself. */
    record Status(
            String node,
            String pool,
            int slots,
            int running,
            int waiting,
            int programs,
            String pando,
            int java,
            long age)
            implements ToProgram {}

    /** What an attempt cost; -1 in the place of what was not measured. */
    record Bill(long cpuNanos, long allocatedBytes) {
        public static final Bill UNKNOWN = new Bill(-1, -1);
    }

    /** A message in its session. */
    record Letter(long session, NodeMessage message) {}
}
