package dev.pando.internal.shared;

import dev.pando.internal.process.wire.LockPage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A lock. Guarded by the lock of the table, so that a circle of holders that wait for each other's locks is seen at one
 * moment, by the call that closes it.
 *
 * <p>Once it has moved to memory, its word is a worker's to take, as {@link LockPage} says, exactly while nothing of it
 * is here: no hold, no line, no death to be told. Each call, and each end of a worker or of a task that the word names,
 * first brings here what the word says; so a circle consists of holds and lines that are here. When nothing is left
 * here, the word is free.
 */
final class LockState extends MovingState implements WordKeeper {
    private static final String ABANDONED = "this lock is free again, and what it guards may be half changed: ";

    private final ArrayDeque<SharedCall> line = new ArrayDeque<>();
    private @Nullable Hold hold;

    /** How the last holder ended with the lock, if no caller was told yet. */
    private @Nullable String abandoned;

    private @Nullable LockPage page;

    /** The workers that were shown the word. */
    private final Set<OwnerBook> shownTo = new HashSet<>();

    private final class Hold extends OwnerHolding {
        /** The call that took the lock; {@code null}: a worker took it by the word. */
        final @Nullable SharedCall call;

        int times = 1;

        Hold(CallOwner owner, @Nullable SharedCall call) {
            super(owner);
            this.call = call;
        }

        @Override
        void abandon(String how, boolean died) {
            hold = null;
            CallOwner who = call == null ? owner.book().owner(owner.run(), owner.thread()) : owner;
            abandoned = ABANDONED + who + ", which held it, " + how;
            serve();
            settle();
        }
    }

    LockState(SharedTable table) {
        super(table, 'l');
    }

    @Override
    void handle(SharedCall call) {
        seize();
        switch (call.operation) {
            case LOCK -> lock(call);
            case UNLOCK -> unlock(call);
            default -> throw new AssertionError(call.operation);
        }
        settle();
        if (page == null) {
            count(call);
        }
    }

    /** Brings here what the word says, unless it is here. */
    private void seize() {
        if (page == null || isHere()) {
            return;
        }
        long seen = page.seize();
        if (seen == LockPage.FREE) {
            return;
        }
        CallOwner owner = table.numbers().named(seen);
        if (owner == null) {
            abandoned = ABANDONED + "a task held it that has ended, or a worker wrote over its memory";
            return;
        }
        hold = new Hold(owner, null);
        hold.enter();
    }

    /** Lets workers take the lock by the word, if nothing of it is here. Called when a step is over. */
    private void settle() {
        if (page != null && !isHere()) {
            page.free();
        }
    }

    /** Returns whether something of it is here, and the word only says so. Without a hold there is no line. */
    private boolean isHere() {
        return hold != null || abandoned != null;
    }

    @Override
    public void seizeFrom(int number, int run) {
        LockPage here = page;
        if (here == null || isHere()) {
            return;
        }
        long seen = here.get();
        if (LockPage.worker(seen) == number && (run == 0 || LockPage.run(seen) == (run & LockPage.RUN_BITS))) {
            seize();
            settle();
        }
    }

    /** The call is done, and its worker is shown the word with the reply, once: if that fails, it goes on asking. */
    private void doneAndShown(SharedCall call) {
        OwnerBook book = call.owner.book();
        if (memory == null
                || !(call instanceof RemoteCall remote)
                || !table.numbers().enter(book)
                || !book.shown.add(this)) {
            done(call);
            return;
        }
        shownTo.add(book);
        remote.memory = memory;
        done(call, book.number);
    }

    @Override
    void moveTo(WordMemory lent) {
        LockPage here = new LockPage(lent.bytes());
        var _ = here.seize();
        page = here;
        settle();
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
        hold = new Hold(call.owner, call);
        hold.enter();
        doneAndShown(call);
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
        doneAndShown(call);
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

    @Override
    @Nullable
    SharedCall holder() {
        return hold == null ? null : hold.call;
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
        if (hold != null) {
            hold.leave();
            hold = null;
        }
        if (page != null) {
            page.close();
            page = null;
        }
        shownTo.forEach(book -> book.shown.remove(this));
        shownTo.clear();
        dropMemory();
    }
}
