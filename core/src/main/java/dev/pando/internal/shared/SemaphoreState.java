package dev.pando.internal.shared;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/** A semaphore. Guarded by the lock of the table. */
final class SemaphoreState extends ConstructState {
    private final ArrayDeque<SharedCall> line = new ArrayDeque<>();

    /** What tasks have: a thread that runs no task has no end at which permits could return. */
    private final Map<TaskKey, Permits> taken = new HashMap<>();

    private int available;

    private record TaskKey(OwnerBook book, int run) {}

    private final class Permits extends OwnerHolding {
        int count;

        Permits(CallOwner owner) {
            super(owner);
        }

        @Override
        void abandon(String how, boolean died) {
            taken.remove(keyOf(owner));
            available += count;
            serve();
        }
    }

    SemaphoreState(SharedTable table, int permits) {
        super(table, 's');
        this.available = permits;
    }

    private static TaskKey keyOf(CallOwner owner) {
        return new TaskKey(owner.book(), owner.run());
    }

    @Override
    void handle(SharedCall call) {
        switch (call.operation) {
            case ACQUIRE -> {
                if (available > 0) {
                    grant(call);
                } else {
                    park(call, line);
                }
            }
            case RELEASE -> release(call);
            case PERMITS -> done(call, available);
            default -> throw new AssertionError(call.operation);
        }
    }

    private void grant(SharedCall call) {
        available--;
        if (call.owner.run() != 0) {
            Permits permits = taken.get(keyOf(call.owner));
            if (permits == null) {
                permits = new Permits(call.owner);
                taken.put(keyOf(call.owner), permits);
                permits.enter();
            }
            permits.count++;
        }
        done(call);
    }

    private void release(SharedCall call) {
        if (available == Integer.MAX_VALUE) {
            end(call, CallStatus.REFUSED, "this semaphore has " + available + " permits, and no room for another");
            return;
        }
        Permits permits = taken.get(keyOf(call.owner));
        if (permits != null && --permits.count == 0) {
            taken.remove(keyOf(call.owner));
            permits.leave();
        }
        available++;
        done(call);
        serve();
    }

    private void serve() {
        while (available > 0 && !line.isEmpty()) {
            grant(line.remove());
        }
    }

    @Override
    long size() {
        return available;
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
        taken.values().forEach(OwnerHolding::leave);
        taken.clear();
    }
}
