package dev.pando.internal.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.internal.process.wire.FrameWriter;
import dev.pando.internal.process.wire.LockPage;
import dev.pando.internal.process.wire.MemoryMessage;
import dev.pando.internal.process.wire.Message;
import dev.pando.internal.process.wire.ParentTalk;
import dev.pando.internal.shared.SharedCall.CallPatience;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A worker of a {@link LockModel}: the real code of a worker around the word, and a model of what is around that. */
final class ModelWorker extends ParentTalk implements TaskRuns {
    final OwnerBook book = new OwnerBook("worker", this);

    /** What it has said to the program, and the program has not heard yet. */
    final ArrayDeque<Runnable> inbox = new ArrayDeque<>();

    /** Whether the lock is its, by its word or in the table: until it is given back there. */
    boolean has;

    /** The run that took it. */
    int runOfHold;

    boolean isWaiting;
    boolean isDead;
    private final LockModel model;
    private int run = 1;
    private int lastRun = 1;

    /** How often the task has taken it, as the task knows. */
    private int depth;

    private ShownLock shown;
    private boolean isInLock;

    /** The end of a process, wherever it is. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    ModelWorker(LockModel model) {
        this.model = model;
    }

    void seesWord() {
        assertThat(book.number).isPositive();
        shown = new ShownLock(model.page, book.number, this);
    }

    RemoteCall call(SharedOperation operation, CallPatience patience) {
        CallOwner owner = book.owner(run, Thread.currentThread().threadId());
        return new RemoteCall(this::ended, 1, owner, operation, patience, 0, 0, List.of());
    }

    private void ended(RemoteCall call) {
        CallStatus how = model.ended(call);
        if (shown == null || call.owner.book().closed) {
            return; // before the model begins, or after the end
        }
        isWaiting = false;
        if (call.operation == SharedOperation.UNLOCK) {
            assertThat(how).isEqualTo(CallStatus.DONE);
            assertThat(has).isEqualTo(!book.holdings.isEmpty());
        } else if (how == CallStatus.DONE) {
            if (depth++ == 0) {
                model.taken(this);
                runOfHold = call.owner.run();
            }
        }
    }

    /** The program hears the next that this worker has said. */
    void deliver() {
        Runnable next = inbox.poll();
        if (next != null) {
            next.run();
        }
    }

    void step() {
        if (isDead || isWaiting || isInLock) {
            return;
        }
        try {
            switch (model.random.nextInt(10)) {
                case 0 -> endTask();
                case 1 -> throw new Killed();
                case 2, 3 -> lock();
                default -> {
                    if (depth == 0) {
                        lock();
                    } else {
                        unlock();
                    }
                }
            }
        } catch (Killed now) {
            die();
        } finally {
            isInLock = false;
        }
    }

    /** As a step, but does no more than give back. */
    void giveBack() {
        if (!isDead && !isWaiting && depth > 0) {
            try {
                unlock();
            } catch (Killed now) {
                die();
            } finally {
                isInLock = false;
            }
        }
    }

    private void endTask() {
        int ended = run;
        inbox.add(() -> model.taskEnded(this, ended));
        depth = 0;
        run = ++lastRun;
    }

    private void die() {
        isDead = true;
        while (!inbox.isEmpty() && model.random.nextBoolean()) {
            inbox.removeLast(); // not all that it wrote arrives
        }
        inbox.add(() -> model.died(this));
    }

    private void lock() {
        int before = run;
        isInLock = true;
        boolean taken = shown.lock();
        isInLock = false;
        if (taken) {
            assertThat(run).as("a task that has ended").isEqualTo(before);
            assertThat(has).isTrue();
            depth++;
            return;
        }
        if (run != before && has && runOfHold == before) {
            has = !book.holdings.isEmpty(); // undone, unless the program had seen it
        }
        say(call(SharedOperation.LOCK, model.random.nextInt(4) == 0 ? CallPatience.NONE : CallPatience.ENDLESS));
    }

    private void unlock() {
        isInLock = true;
        boolean givenBack = shown.unlock();
        isInLock = false;
        depth--;
        if (!givenBack) {
            say(call(SharedOperation.UNLOCK, CallPatience.NONE));
        } else if (depth == 0) {
            has = false;
        }
    }

    private void say(RemoteCall call) {
        isWaiting = true;
        inbox.add(() -> {
            if (call.operation == SharedOperation.UNLOCK && depth == 0) {
                has = false; // the next may be told before this worker is
            }
            model.submit(call);
        });
    }

    /** The code of the worker asks this between its instructions, so that here others come in between. */
    @Override
    public int run() {
        if (!isInLock) {
            return run;
        }
        int before = run;
        if (!has
                && model.page.get()
                        == LockPage.holder(
                                book.number, run, Thread.currentThread().threadId())) {
            model.takenByWord(this);
            runOfHold = run;
        }
        model.stepIn(this);
        if (model.random.nextInt(20) == 0) {
            throw new Killed();
        }
        if (depth == 0 && has && runOfHold == run && model.random.nextInt(10) == 0) {
            endTask(); // another thread of it is in the lock
            model.stepIn(this);
            return run;
        }
        return before;
    }

    @Override
    public String toString() {
        return "worker " + book.number + (has ? ", has the lock since run " + runOfHold : "")
                + (isWaiting ? ", waits" : "") + (isDead ? ", is dead" : "") + ", has taken it " + depth
                + " times, run " + run + ", unheard " + inbox.size();
    }

    @Override
    public int last() {
        return lastRun;
    }

    @Override
    public String name(int of) {
        return "task " + of;
    }

    @Override
    public Object policy(int of) {
        return "all";
    }

    @Override
    public void say(Message.ToParent message) {
        throw new AssertionError();
    }

    @Override
    public void hurry() {
        throw new AssertionError();
    }

    @Override
    public void awaitSoon(BooleanSupplier isThere) {
        throw new AssertionError();
    }

    @Override
    public boolean isStopping() {
        return false;
    }

    @Override
    public String worker() {
        return "worker";
    }

    @Override
    public int largest() {
        return FrameWriter.LARGEST;
    }

    @Override
    public byte[] pack(@Nullable Object item) {
        throw new AssertionError();
    }

    @Override
    public @Nullable Object unpack(byte[] bytes) {
        throw new AssertionError();
    }

    @Override
    public ByteBuffer shown(MemoryMessage.Grant grant) {
        throw new AssertionError();
    }

    @Override
    public Throwable unpackThrowable(byte[] original, byte[] standIn) {
        throw new AssertionError();
    }
}
