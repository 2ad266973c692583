package dev.pando.internal.process.handle;

import dev.pando.internal.codec.message.EncodedThrowable;
import dev.pando.internal.codec.policy.ResultPolicy;
import dev.pando.internal.process.classes.ClassAccount;
import dev.pando.internal.process.wire.BadFrameException;
import dev.pando.internal.process.wire.CallMessage;
import dev.pando.internal.process.wire.FrameReader;
import dev.pando.internal.process.wire.MemoryMessage;
import dev.pando.internal.process.wire.Message;
import dev.pando.internal.process.wire.MessageLimits;
import dev.pando.internal.process.wire.RecordMessage;
import dev.pando.internal.shared.PackedItem;
import dev.pando.spi.Cost;
import dev.pando.spi.Failure;
import dev.pando.spi.Failure.Progress;
import dev.pando.spi.RecordingPlan;
import dev.pando.spi.UnsendableException;
import dev.pando.spi.UnsendableException.Direction;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The thread of one worker: starts the process, reads its messages until the channel ends, unpacks and settles the
 * answers, and starts the burial. A worker is not trusted: an answer must be to a run that it has.
 */
public final class WorkerReader implements Runnable {
    /** What may arrive is linked as deep as the codec allows. */
    private static final long STACK_BYTES = 4L << 20;

    private static final byte[] NONE = {};

    private final WorkerHandle worker;
    private final WorkerServices services;
    private final Supervisor supervisor;

    /** Made before the thread is started, because the thread cannot end without. */
    private final WorkerReaper reaper;

    private final ClassAccount classes = new ClassAccount();

    private final MessageCounter counter = new MessageCounter();

    /** The bytes of the first message, which a worker that is ready has read. */
    private long firstBytes;

    /** What the current call cost; only where the pool is metered. */
    private Message.@Nullable Spent spent;

    public WorkerReader(WorkerHandle worker) {
        this.worker = worker;
        this.services = worker.services;
        this.supervisor = worker.supervisor;
        this.reaper = new WorkerReaper(worker);
    }

    /** Starts the thread of this worker. */
    public static void start(WorkerHandle worker) {
        Thread.ofPlatform().daemon().name(worker.name).stackSize(STACK_BYTES).start(new WorkerReader(worker));
    }

    @Override
    public void run() {
        String failure = null;
        try {
            if (worker.whyKilled() != null) {
                return; // killed before its process was started
            }
            WorkerHandle.Running running = new ProcessStarter(worker).start(reaper);
            firstBytes = running.outbox().sentBytes();
            read(running, reaper);
        } catch (BadFrameException bad) {
            failure = bad.reason();
            worker.kill(failure);
        } catch (IOException e) {
            if (worker.running == null) {
                failure = services.launcher().complaint(e);
            }
        } catch (Throwable t) {
            failure = failedBy(t);
            worker.noteStarved(t);
            worker.kill(failure);
        } finally {
            try {
                services.host().leaving(Thread.currentThread());
            } finally {
                reaper.channelEnded(failure);
            }
        }
    }

    private String failedBy(Throwable thrown) {
        try {
            String failure = "Pando failed while it served this worker: " + thrown;
            System.getLogger("dev.pando").log(System.Logger.Level.ERROR, "serving worker " + worker.name, thrown);
            return failure;
        } catch (OutOfMemoryError noMemory) {
            return "Pando had no memory to serve this worker";
        }
    }

    /** Until the channel ends, or what comes is no message. */
    void read(WorkerHandle.Running running, WorkerReaper reaper) throws IOException {
        var reader = new FrameReader(
                running.process().getInputStream(),
                MessageLimits.frameBytes(Runtime.getRuntime().maxMemory()),
                FrameReader.PIPE);
        for (Message.ToParent message = reader.toParent(); message != null; message = reader.toParent()) {
            reaper.settling = true;
            handle(message, running);
            reaper.settling = false;
        }
    }

    private Throwable thrown(EncodedThrowable encoded, Assignment done) {
        byte[] original = encoded.original();
        if (encoded.standIn().length == 0 && (original == null || original.length == 0)) {
            return new OutOfMemoryError(
                    "the heap of worker " + worker.name + " was full, so that the worker could not say where it was");
        }
        return worker.memory.codec().decodeThrowable(encoded, done.payload.policy);
    }

    /** Not only a switch over types: making one would delay a program's first result by milliseconds. */
    private void handle(Message.ToParent message, WorkerHandle.Running running) throws IOException {
        if (message instanceof Message.Ready) {
            ready(running);
        } else if (message instanceof Message.Value(int run, byte[] bytes)) {
            settleValue(assignmentOf(run), running, bytes);
        } else if (message instanceof Message.Began(int run)) {
            noteBegan(assignmentOf(run));
        } else {
            handleOther(message, running);
        }
    }

    private void handleOther(Message.ToParent message, WorkerHandle.Running running) throws IOException {
        switch (message) {
            case Message.Ready() -> ready(running);
            case Message.Unfit(byte[] original, byte[] standIn) -> {
                if (worker.seat != null) {
                    throw new BadFrameException("that its initializer failed, after it was ready");
                }
                counter.countUnfit();
                supervisor.unfit(
                        worker,
                        worker.memory
                                .codec()
                                .decodeThrowable(
                                        new EncodedThrowable(original, standIn), policyOf(services.initializer())));
            }
            case Message.Began(int run) -> noteBegan(assignmentOf(run));
            case Message.Ended(int run) -> {
                Assignment ended = assignmentOf(run);
                counter.countEnded(ended);
                ended.progress = Progress.RAN;
            }
            case Message.Spent now -> {
                counter.countSpent(assignmentOf(now.run()), services.host().metered());
                spent = now;
            }
            case Message.Seen(int run, StackTraceElement[] frames) -> {
                Assignment asked = assignmentOf(run);
                counter.countSeen(asked);
                asked.seen(List.of(frames));
            }
            case Message.Wanted wanted -> {
                running.outbox().checkQuestion();
                running.outbox().send(services.classes().answer(wanted, classes));
            }
            case MemoryMessage.Ask ask -> {
                running.outbox().checkQuestion();
                worker.memory.account().answerAsk(ask);
            }
            case CallMessage.Request call -> shares().call(call, running.outbox());
            case CallMessage.Withdraw(int question) -> shares().withdraw(question);
            case MemoryMessage.Dropped(long number) -> worker.memory.account().returnLoan(number);
            case RecordMessage.Told told -> {
                WorkerTape tape = worker.tape;
                if (tape == null) {
                    throw new BadFrameException("what came of a recording, which nothing asked for");
                }
                tape.told(told);
            }
            case Message.Leaving(int run) -> {
                counter.countLeaving();
                worker.departing = true;
                supervisor.departing(worker.id);
                freeAhead();
            }
            case Message.Value(int run, byte[] bytes) -> settleValue(assignmentOf(run), running, bytes);
            case Message.Thrown(int run, byte[] original, byte[] standIn) -> {
                Assignment done = assignmentOf(run);
                settleFailure(
                        done,
                        running,
                        new Failure.Threw(thrown(new EncodedThrowable(original, standIn), done)),
                        original.length + standIn.length);
            }
            case Message.NotSendable(int run, boolean argument, String path, String text, byte[] standIn) -> {
                Throwable cause = worker.memory
                        .codec()
                        .decodeThrowable(new EncodedThrowable(NONE, standIn), assignmentOf(run).payload.policy);
                Direction direction = argument ? Direction.ARGUMENT : Direction.RESULT;
                settleFailure(
                        assignmentOf(run),
                        running,
                        new Failure.Unsendable(new UnsendableException(direction, path, text, cause)),
                        standIn.length);
            }
        }
    }

    private WorkerShares shares() {
        WorkerShares there = worker.shares;
        if (there == null) {
            worker.shares = there = new WorkerShares(worker);
        }
        return there;
    }

    private void noteBegan(Assignment begun) throws BadFrameException {
        counter.countBegan(begun);
        begun.progress = Progress.MAY_HAVE_RUN;
        if (worker.inFlight.size() > 1) {
            worker.prefetch.slow();
            freeAhead();
        }
    }

    private void ready(WorkerHandle.Running running) throws BadFrameException {
        if (worker.seat != null) {
            throw new BadFrameException("that it is ready, for the second time");
        }
        counter.countReady();
        running.outbox().confirmRead(firstBytes);
        worker.saidReady = true;
        worker.ready(services.host().arrive(worker.name, null));
        worker.memory.ready();
        RecordingPlan plan = services.recording().get();
        if (plan != null) {
            var _ = WorkerTape.begin(worker, plan); // before its first task, which waits for that in the worker
        }
        supervisor.ready(worker.id);
        worker.introduce(); // after the report, which may have fed it a task
    }

    private static ResultPolicy policyOf(@Nullable TaskPayload initializer) throws BadFrameException {
        if (initializer == null) {
            throw new BadFrameException("that an initializer failed, where there is none");
        }
        return initializer.policy;
    }

    private Assignment assignmentOf(int run) throws BadFrameException {
        Assignment assignment = worker.inFlight.find(run);
        if (assignment == null) {
            throw new BadFrameException("an answer to a task that it was not given");
        }
        return assignment;
    }

    private void settleValue(Assignment done, WorkerHandle.Running running, byte[] value) throws BadFrameException {
        Object unpacked;
        try {
            unpacked = done.payload.isRelayed()
                    ? new PackedItem(value, done.payload.policy)
                    : worker.memory.codec().decode(value, 0, value.length, Direction.RESULT, done.payload.policy);
        } catch (UnsendableException e) {
            settleFailure(done, running, new Failure.Unsendable(e), value.length);
            return;
        }
        String fault = done.payload.faultOf(unpacked);
        if (fault != null) {
            throw new BadFrameException(fault); // before the future succeeds, so that no waiter ever sees the answer
        }
        note(done, running, value.length);
        boolean rests = worker.finish(done);
        boolean looksNext = rests && supervisor.answered(worker, done.run);
        if (!done.job.succeed(done.attempt, unpacked)) {
            worker.settledWithout(done);
        }
        goOn(done, rests, looksNext);
    }

    private void settleFailure(Assignment done, WorkerHandle.Running running, Failure failure, int received) {
        note(done, running, received);
        boolean rests = worker.finish(done);
        boolean looksNext = rests && supervisor.answered(worker, done.run);
        if (!done.job.fail(done.attempt, failure)) {
            worker.settledWithout(done);
        }
        goOn(done, rests, looksNext);
    }

    /**
     * Notes what is to be known of a run before it is taken off the worker: from there on it cannot be stopped, and
     * nothing may keep it from being settled. What finds no memory is left out.
     */
    private void note(Assignment done, WorkerHandle.Running running, int received) {
        worker.endShares(done.run); // before the future is done, so that no waiter of it finds its locks held
        Message.Spent now = spent;
        spent = null;
        worker.spin.answered(
                worker.prefetch.answered(System.nanoTime(), running.output().printed(), done.layAhead));
        running.outbox().confirmRead(done.mark);
        try {
            worker.memory.answered(done.payload);
            running.output().ended();
            if (now != null) {
                int sentBytes = done.payload.packed.bytes().length;
                done.job.cost(done.attempt, new Cost(now.cpuNanos(), now.allocatedBytes(), sentBytes, received));
            }
        } catch (OutOfMemoryError noMemory) {
            // a bill, or whose line it is, is not worth a task
        }
    }

    /** Takes back the tasks sent ahead, so that none waits behind the running one. */
    private void freeAhead() {
        if (worker.takeBackAll() > 0) {
            supervisor.checkQueue();
        }
    }

    private void goOn(Assignment done, boolean rests, boolean looksNext) {
        long above = services.recycleAbove();
        if (above > 0) {
            long held = worker.weigh();
            if (held > above) {
                supervisor.worn(worker.id, held > above + above / 4);
            }
        }
        if (rests) {
            supervisor.settled(worker, looksNext);
        } else if (done.isStopped()) {
            supervisor.wentOn(worker.id, done.run);
        }
        worker.fill();
    }
}
