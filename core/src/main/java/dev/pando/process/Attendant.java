package dev.pando.process;

import dev.pando.codec.Customs;
import dev.pando.codec.Told;
import dev.pando.process.os.Page;
import dev.pando.process.wire.BadFrame;
import dev.pando.process.wire.FrameReader;
import dev.pando.process.wire.Message;
import dev.pando.process.wire.Slate;
import dev.pando.spi.Cost;
import dev.pando.spi.Failure;
import dev.pando.spi.Failure.Progress;
import dev.pando.spi.UnsendableException;
import dev.pando.spi.UnsendableException.Direction;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The thread of one worker: starts the process, reads what it says until it says no more, unpacks and settles what that
 * brings, and sees it buried. What a worker says is not believed: an answer must be to what it was given.
 */
final class Attendant implements Runnable {
    private static final byte[] NONE = {};

    private final Hand hand;
    private final WorkerServices services;
    private final Supervisor supervisor;

    /** The class files that this worker has been sent. */
    private final Set<String> sent = new HashSet<>();

    /** What the current call cost; only where the pool is metered. */
    private Message.@Nullable Spent spent;

    Attendant(Hand hand) {
        this.hand = hand;
        this.services = hand.services;
        this.supervisor = hand.supervisor;
    }

    @Override
    public void run() {
        Burial burial = new Burial(hand);
        String failure = null;
        try {
            if (hand.whyKilled() != null) return; // before it was there
            Hand.Running running = start(burial);
            var reader = new FrameReader(new BufferedInputStream(running.process().getInputStream(), 1 << 16));
            for (Message.ToParent message = reader.toParent(); message != null; message = reader.toParent()) {
                burial.hearing = true;
                heard(message, running);
                burial.hearing = false;
            }
        } catch (BadFrame bad) {
            failure = "it sent what is no message (" + bad.getMessage() + ")";
            hand.kill(failure);
        } catch (IOException e) {
            if (hand.running == null) failure = services.launcher().complaint(e);
        } catch (Throwable t) {
            failure = "Pando failed while it served this worker: " + t;
            System.getLogger("dev.pando").log(System.Logger.Level.ERROR, "serving worker " + hand.name, t);
            hand.kill(failure);
        } finally {
            burial.silent(failure);
        }
    }

    private Hand.Running start(Burial burial) throws IOException {
        String mark = services.mark() + "-" + hand.id;
        Process process = services.launcher().start(mark);
        Page page = Page.lend(services.os(), Slate.BYTES);
        Hand.Running running;
        try {
            running = new Hand.Running(
                    process,
                    new Post(hand.name, process.getOutputStream()),
                    Drain.start(hand.name, Pipe.of(process), services.output()),
                    services.os().family(process.pid(), mark),
                    page);
        } catch (Throwable t) { // no thread left, perhaps: nobody else knows of this process
            process.destroyForcibly();
            if (page != null) page.close();
            throw t;
        }
        if (!hand.started(running)) process.toHandle().destroyForcibly();
        var _ = process.onExit().thenRunAsync(burial::exited, Thread::startVirtualThread);
        Cargo initializer = services.initializer();
        byte[] first = initializer == null ? NONE : initializer.packed.bytes();
        running.post().send(new Message.Hello(hand.name, services.host().metered(), page == null ? "" : page.address(), first));
        return running;
    }

    private void heard(Message.ToParent message, Hand.Running running) throws IOException {
        switch (message) {
            case Message.Ready() -> ready();
            case Message.Unfit(byte[] original, byte[] standIn) -> {
                if (hand.seat != null) throw new BadFrame("that its initializer failed, after it was ready");
                supervisor.unfit(hand, hand.lent.codec().heard(new Told(original, standIn), given(services.initializer())));
            }
            case Message.Began(int run) -> {
                given(run).progress = Progress.MAY_HAVE_RUN;
                hand.pace.interrupted();
                freeAhead();
            }
            case Message.Skipped(int run) -> skipped(run);
            case Message.Ended(int run) -> given(run).progress = Progress.RAN;
            case Message.Spent now -> {
                given(now.run());
                spent = now;
            }
            case Message.Seen(int run, StackTraceElement[] frames) -> hand.stuck(given(run), List.of(frames));
            case Message.Wanted wanted -> running.post().send(services.classes().answer(wanted, sent));
            case Message.Ask ask -> hand.lent.account().asked(ask);
            case Message.Dropped(long number) -> hand.lent.account().dropped(number);
            case Message.Leaving(int run) -> {
                hand.departing = true;
                supervisor.departing(hand.id);
                freeAhead();
            }
            case Message.Value(int run, byte[] bytes) -> answered(given(run), running, bytes);
            case Message.Threw(int run, byte[] original, byte[] standIn) -> {
                Assignment done = given(run);
                answered(done, running, new Failure.Threw(hand.lent.codec().heard(new Told(original, standIn), done.cargo.customs)),
                        original.length + standIn.length);
            }
            case Message.Unsendable(int run, boolean argument, String path, String text, byte[] standIn) -> {
                Throwable cause = hand.lent.codec().heard(new Told(NONE, standIn), given(run).cargo.customs);
                Direction direction = argument ? Direction.ARGUMENT : Direction.RESULT;
                answered(given(run), running, new Failure.Unsendable(new UnsendableException(direction, path, text, cause)),
                        standIn.length);
            }
        }
    }

    /** Where it was taken back in time, that is known already. */
    private void skipped(int run) {
        Assignment skipped = hand.tray.find(run);
        if (skipped == null) return;
        boolean rests = hand.done(skipped);
        hand.giveBack(skipped.job, skipped.attempt, skipped.cargo);
        goOn(skipped, rests ? () -> supervisor.rested(hand) : null);
    }

    private void ready() throws BadFrame {
        if (hand.seat != null) throw new BadFrame("that it is ready, for the second time");
        hand.ready(services.host().arrive(hand.name, null));
        hand.lent.ready();
        supervisor.ready(hand.id);
        hand.introduce(); // only now it is known whether it is given something at once
    }

    private static Customs given(@Nullable Cargo initializer) throws BadFrame {
        if (initializer == null) throw new BadFrame("that an initializer failed, where there is none");
        return initializer.customs;
    }

    private Assignment given(int run) throws BadFrame {
        Assignment assignment = hand.tray.find(run);
        if (assignment == null) throw new BadFrame("an answer to a task that it was not given");
        return assignment;
    }

    private void answered(Assignment done, Hand.Running running, byte[] value) {
        Object unpacked;
        try {
            unpacked = hand.lent.codec().decode(value, 0, value.length, Direction.RESULT, done.cargo.customs);
        } catch (UnsendableException e) {
            answered(done, running, new Failure.Unsendable(e), value.length);
            return;
        }
        Runnable whenSettled = close(done, running, value.length);
        done.job.succeed(done.attempt, unpacked);
        goOn(done, whenSettled);
    }

    private void answered(Assignment done, Hand.Running running, Failure failure, int received) {
        Runnable whenSettled = close(done, running, received);
        done.job.fail(done.attempt, failure);
        goOn(done, whenSettled);
    }

    /** From here on the run cannot be stopped. Returns what to do once the run is settled; null: the worker has more to do. */
    private @Nullable Runnable close(Assignment done, Hand.Running running, int received) {
        hand.lent.answered(done.cargo);
        boolean rests = hand.done(done);
        Runnable whenSettled = rests ? supervisor.answered(hand, done.run) : null;
        Message.Spent now = spent;
        spent = null;
        if (now != null) {
            int sentBytes = done.cargo.packed.bytes().length;
            done.job.cost(done.attempt, new Cost(now.cpuNanos(), now.allocatedBytes(), sentBytes, received));
        }
        hand.spin.answered(hand.pace.answered(System.nanoTime(), running.drain().printed()));
        running.drain().ended();
        running.post().read(done.mark);
        return whenSettled;
    }

    /** Nobody shall wait behind what it is at. */
    private void freeAhead() {
        if (hand.takeBack() > 0) supervisor.checkQueue();
    }

    private void goOn(Assignment done, @Nullable Runnable whenRests) {
        long above = services.recycleAbove();
        if (above > 0) {
            long held = hand.weigh();
            if (held > above) supervisor.worn(hand.id, held > above + above / 4);
        }
        if (whenRests != null) whenRests.run();
        else if (hand.wasStopped(done)) supervisor.wentOn(hand.id, done.run);
        hand.fill();
    }
}
