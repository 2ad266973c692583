package dev.pando.internal.shared;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The truth about one construct, in the table of its pool. All methods are called under the lock of the table. A call
 * that cannot end yet stands in a line, first come, first served.
 */
abstract class ConstructState {
    final SharedTable table;
    private final char kind;

    /** Written once, when the table takes the construct in. */
    long number;

    ConstructState(SharedTable table, char kind) {
        this.table = table;
        this.kind = kind;
    }

    final SharedTable table() {
        return table;
    }

    /** Returns whether it can be asked this, with so many items. */
    final boolean takes(SharedOperation operation, int items) {
        return operation.takes(items) && (operation.kind == kind || operation.kind == '*');
    }

    /** Returns the construct as a tool sees it. */
    final SharedFacts facts() {
        return new SharedFacts(kindName(), number, size(), bound(), waiting());
    }

    private String kindName() {
        return switch (kind) {
            case 'q' -> "queue";
            case 'l' -> "lock";
            case 'c' -> "counter";
            case 's' -> "semaphore";
            case 'b' -> "barrier";
            case 'e' -> "event";
            case 'v' -> "value";
            default -> "map";
        };
    }

    /** Returns how many things are in it, -1 where it holds none. */
    long size() {
        return -1;
    }

    /** Returns how many things may be in it, -1 where there is no bound. */
    long bound() {
        return -1;
    }

    /** Returns how many callers wait at it. */
    int waiting() {
        return 0;
    }

    /** Does what the call asks, or lets it wait. */
    abstract void handle(SharedCall call);

    /** Removes a waiting call, which ends in another way. */
    abstract void withdraw(SharedCall call);

    /** Returns the call that took it. Returns {@code null} if no call did. */
    @Nullable
    SharedCall holder() {
        return null;
    }

    /** Ends the waiting calls, because the construct is closed. */
    abstract void close(String why);

    final void done(SharedCall call) {
        done(call, 0);
    }

    final void done(SharedCall call, long amount) {
        table.end(call, CallStatus.DONE, amount, List.of(), "");
    }

    final void done(SharedCall call, long amount, Object item) {
        table.end(call, CallStatus.DONE, amount, List.of(item), "");
    }

    final void undone(SharedCall call) {
        table.end(call, CallStatus.UNDONE, 0, List.of(), "");
    }

    final void end(SharedCall call, CallStatus how, String why) {
        table.end(call, how, 0, List.of(), why);
    }

    /** Lets the call stand in this line, if its caller is willing to wait. */
    final void park(SharedCall call, ArrayDeque<SharedCall> line) {
        if (!call.mayWait()) {
            undone(call);
            return;
        }
        line.add(call);
        call.owner.book().waiting.add(call);
    }

    /** Ends all calls of this line in the same way. */
    final void endAll(ArrayDeque<SharedCall> line, CallStatus how, String why) {
        List<SharedCall> all = new ArrayList<>(line);
        line.clear();
        for (SharedCall call : all) {
            end(call, how, why);
        }
    }
}
