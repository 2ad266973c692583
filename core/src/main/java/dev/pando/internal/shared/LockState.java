package dev.pando.internal.shared;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A lock. Guarded by the lock of the table, so that a circle of holders that wait for each other's locks is seen at one
 * moment, by the call that closes it.
 */
final class LockState extends ConstructState {
    private final ArrayDeque<SharedCall> line = new ArrayDeque<>();
    private @Nullable Hold hold;

    /** How the last holder ended with the lock, if no caller was told yet. */
    private @Nullable String abandoned;

    private final class Hold extends OwnerHolding {
        final SharedCall call;
        int times = 1;

        Hold(SharedCall call) {
            super(call.owner);
            this.call = call;
        }

        @Override
        void abandon(String how, boolean died) {
            hold = null;
            abandoned = "this lock is free again, and what it guards may be half changed: " + owner
                    + ", which held it, " + how;
            serve();
        }
    }

    LockState(SharedTable table) {
        super(table, 'l');
    }

    @Override
    void handle(SharedCall call) {
        switch (call.operation) {
            case LOCK -> lock(call);
            case UNLOCK -> unlock(call);
            default -> throw new AssertionError(call.operation);
        }
    }

    private void lock(SharedCall call) {
        Hold held = hold;
        if (held == null) {
            grant(call);
        } else if (held.owner.isSameThread(call.owner)) {
            held.times++;
            done(call);
        } else {
            String circle = call.isTimed() ? null : circleOf(call);
            if (circle != null) {
                end(call, CallStatus.DEADLOCK, circle);
            } else {
                park(call, line);
            }
        }
    }

    private void grant(SharedCall call) {
        if (abandoned != null) {
            String told = abandoned;
            abandoned = null;
            end(call, CallStatus.OWNER_DIED, told);
            return;
        }
        hold = new Hold(call);
        hold.enter();
        done(call);
    }

    private void unlock(SharedCall call) {
        Hold held = hold;
        if (held == null || !held.owner.isSameThread(call.owner)) {
            end(
                    call,
                    CallStatus.STRANGER,
                    "this lock " + (held == null ? "is free" : "is held by " + held.owner) + ", and " + call.owner
                            + " cannot unlock it");
            return;
        }
        held.times--;
        if (held.times == 0) {
            held.leave();
            hold = null;
            serve();
        }
        done(call);
    }

    private void serve() {
        while (hold == null && !line.isEmpty()) {
            grant(line.remove());
        }
    }

    /** Returns the circle that this call would close, in words. Returns {@code null} if it closes none. */
    private @Nullable String circleOf(SharedCall call) {
        List<String> waits = new ArrayList<>();
        CallOwner waiting = call.owner;
        LockState lock = this;
        while (lock.hold != null) {
            CallOwner holder = lock.hold.owner;
            waits.add(waiting + " waits for a lock that " + holder + " holds");
            if (holder.isSameThread(call.owner)) {
                return "these tasks wait for each other's locks, so none would ever get one: "
                        + String.join("; ", waits);
            }
            SharedCall next = waitOf(holder);
            if (next == null || !(next.at instanceof LockState other)) {
                return null;
            }
            waiting = holder;
            lock = other;
        }
        return null;
    }

    /** Returns the endless wait for a lock of this thread. Returns {@code null} if there is none. */
    private static @Nullable SharedCall waitOf(CallOwner owner) {
        for (SharedCall call : owner.book().waiting) {
            if (call.operation == SharedOperation.LOCK && !call.isTimed() && call.owner.isSameThread(owner)) {
                return call;
            }
        }
        return null;
    }

    /** Returns the call that took the lock. Returns {@code null} if the lock is free. */
    @Nullable
    SharedCall holder() {
        return hold == null ? null : hold.call;
    }

    @Override
    void withdraw(SharedCall call) {
        line.remove(call);
    }

    @Override
    void close(String why) {
        endAll(line, CallStatus.CLOSED, why);
        if (hold != null) {
            hold.leave();
            hold = null;
        }
    }
}
