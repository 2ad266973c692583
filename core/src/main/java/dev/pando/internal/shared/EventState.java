package dev.pando.internal.shared;

import java.util.ArrayDeque;

/** An event. Guarded by the lock of the table. */
final class EventState extends ConstructState {
    private final ArrayDeque<SharedCall> line = new ArrayDeque<>();
    private boolean set;

    EventState(SharedTable table) {
        super(table, 'e');
    }

    @Override
    void handle(SharedCall call) {
        switch (call.operation) {
            case SET -> {
                set = true;
                endAll(line, CallStatus.DONE, "");
                done(call);
            }
            case CLEAR -> {
                set = false;
                done(call);
            }
            case IS_SET -> done(call, set ? 1 : 0);
            case AWAIT -> {
                if (set) {
                    done(call);
                } else {
                    park(call, line);
                }
            }
            default -> throw new AssertionError(call.operation);
        }
    }

    @Override
    int waiting() {
        return line.size();
    }

    @Override
    void withdraw(SharedCall call) {
        line.remove(call);
    }

    @Override
    void close(String why) {
        endAll(line, CallStatus.CLOSED, why);
    }
}
