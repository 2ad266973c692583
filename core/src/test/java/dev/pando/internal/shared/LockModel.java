package dev.pando.internal.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.internal.codec.Codec;
import dev.pando.internal.process.wire.LockPage;
import dev.pando.internal.shared.SharedCall.CallPatience;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A lock, the workers that use it, and what must be true of them at any moment. */
final class LockModel {
    private static final int WORKERS = 3;

    final SplittableRandom random;
    final List<ModelWorker> workers = new ArrayList<>();
    final LockPage page;
    final long number;

    /** The calls that stand in line, the first to be served first. */
    final List<RemoteCall> line = new ArrayList<>();

    /** How often the lock was taken by its word. */
    int takenByWord;

    /** Whether a holder has ended with the lock, and none was told. */
    private boolean owed;

    private final SharedTable table;

    LockModel(long seed) {
        random = new SplittableRandom(seed);
        ByteBuffer bytes = ByteBuffer.allocateDirect(LockPage.BYTES);
        page = new LockPage(bytes);
        table = SharedTable.packing(
                "pool",
                new Codec(),
                (size, taker) -> taker.accept(new WordMemory() {
                    @Override
                    public ByteBuffer bytes() {
                        return bytes;
                    }

                    @Override
                    public void giveBack() {}
                }));
        number = new ConstructFactory(table).lock();
        move();
        for (int i = 0; i < WORKERS; i++) {
            workers.add(new ModelWorker(this));
            show(workers.getLast());
        }
    }

    private void move() {
        ModelWorker first = new ModelWorker(this);
        for (int i = 0; i < MovingState.CALLS_IN_TABLE; i++) {
            submit(first.call(i % 2 == 0 ? SharedOperation.LOCK : SharedOperation.UNLOCK, CallPatience.NONE));
        }
    }

    /** Shows it the word, unless another has the lock. Returns false then. */
    private boolean show(ModelWorker made) {
        RemoteCall call = made.call(SharedOperation.LOCK, CallPatience.NONE);
        submit(call);
        if (call.message(1).status() == CallStatus.OWNER_DIED.number()) {
            return show(made);
        }
        if (!call.isDone()) {
            return false;
        }
        submit(made.call(SharedOperation.UNLOCK, CallPatience.NONE));
        made.seesWord();
        return true;
    }

    private void replace(ModelWorker dead) {
        ModelWorker made = new ModelWorker(this);
        if (show(made)) {
            workers.set(workers.indexOf(dead), made);
        }
    }

    void submit(RemoteCall call) {
        table.submit(number, call);
        if (!call.isOver() && !call.owner.book().closed) {
            line.add(call);
        }
    }

    void step() {
        ModelWorker any = workers.get(random.nextInt(WORKERS));
        if (any.isDead && any.inbox.isEmpty()) {
            replace(any);
        } else if (random.nextBoolean()) {
            any.deliver();
        } else {
            any.step();
        }
        check();
    }

    /** What other workers and the program do between two instructions of this worker. */
    void stepIn(ModelWorker between) {
        for (int i = random.nextInt(4); i > 0; i--) {
            ModelWorker any = workers.get(random.nextInt(WORKERS));
            if (random.nextBoolean()) {
                any.deliver();
            } else if (any != between) {
                any.step();
            }
        }
    }

    private void check() {
        assertThat(workers.stream().filter(worker -> worker.has).count())
                .as("workers that have the lock")
                .isLessThanOrEqualTo(1);
        if (page.get() == LockPage.FREE) {
            assertThat(line).as("calls that wait for a lock that is free").isEmpty();
            assertThat(owed).as("a death that none will hear of").isFalse();
            assertThat(workers).as("a holder of a lock that is free").noneMatch(worker -> worker.has);
        }
    }

    /** Each gives back what it has, and nothing waits any more. */
    void settle() {
        for (int round = 0; round < 1000; round++) {
            for (ModelWorker each : workers) {
                each.deliver();
                each.giveBack();
            }
        }
        check();
        assertThat(line).isEmpty();
        assertThat(workers).noneMatch(worker -> worker.has || worker.isWaiting || !worker.inbox.isEmpty());
        assertThat(page.get() == LockPage.FREE).as("none has it").isEqualTo(!owed);
    }

    /** The lock is the worker's. */
    void taken(ModelWorker by) {
        assertThat(owed)
                .as("a death that the one that took it next was not told")
                .isFalse();
        assertThat(workers).noneMatch(worker -> worker.has);
        by.has = true;
    }

    void takenByWord(ModelWorker by) {
        assertThat(line).as("overtaken").isEmpty();
        takenByWord++;
        taken(by);
    }

    /** A call has ended. Returns how. */
    CallStatus ended(RemoteCall call) {
        int at = line.indexOf(call);
        CallStatus how = CallStatus.of(call.message(1).status());
        if (at >= 0) {
            line.remove(at);
            if (how == CallStatus.DONE || how == CallStatus.OWNER_DIED) {
                assertThat(at).as("place in the line of the one that is served").isZero();
            }
        }
        if (how == CallStatus.OWNER_DIED) {
            assertThat(owed).as("told of a death that was not").isTrue();
            owed = false;
        }
        return how;
    }

    void taskEnded(ModelWorker of, int run) {
        owe(of, of.has && of.runOfHold == run);
        table.taskEnded(of.book, run, "ended without giving it back");
    }

    void died(ModelWorker who) {
        line.removeIf(call -> call.owner.book() == who.book);
        owe(who, who.has);
        who.isWaiting = false;
        table.workerDied(who.book, "died");
    }

    /** Before the table learns it, because the next in line is told at once. */
    private void owe(ModelWorker who, boolean had) {
        if (had) {
            assertThat(owed).isFalse();
            owed = true;
            who.has = false;
        }
    }
}
