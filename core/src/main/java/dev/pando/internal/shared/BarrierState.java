package dev.pando.internal.shared;

import java.util.ArrayDeque;

/** A barrier. Guarded by the lock of the table. */
final class BarrierState extends ConstructState {
    private final ArrayDeque<SharedCall> line = new ArrayDeque<>();
    private final int parties;
    private boolean broken;

    BarrierState(SharedTable table, int parties) {
        super(table, 'b');
        this.parties = parties;
    }

    @Override
    void handle(SharedCall call) {
        switch (call.operation) {
            case MEET -> meet(call);
            case MEND -> {
                endAll(line, CallStatus.BROKEN, "this barrier was reset");
                broken = false;
                done(call);
            }
            case IS_BROKEN -> done(call, broken ? 1 : 0);
            default -> throw new AssertionError(call.operation);
        }
    }

    private void meet(SharedCall call) {
        if (broken) {
            end(call, CallStatus.BROKEN, "this barrier is broken");
            return;
        }
        int missing = parties - 1 - line.size();
        if (missing > 0) {
            if (!call.mayWait()) {
                breakDown("a party did not wait for the others");
            }
            park(call, line);
            return;
        }
        int number = parties;
        while (!line.isEmpty()) {
            done(line.remove(), --number);
        }
        done(call, 0);
    }

    private void breakDown(String why) {
        broken = true;
        endAll(line, CallStatus.BROKEN, why);
    }

    @Override
    int waiting() {
        return line.size();
    }

    /** Whatever ends the wait of a party, the others wait in vain. */
    @Override
    void withdraw(SharedCall call) {
        if (line.remove(call)) {
            breakDown("this barrier is broken: " + call.owner + " was interrupted, lost its patience, or ended");
        }
    }

    @Override
    void close(String why) {
        endAll(line, CallStatus.CLOSED, why);
    }
}
