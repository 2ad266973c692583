package dev.pando.process;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.process.os.Family;
import dev.pando.process.os.Page;
import dev.pando.process.wire.Alike;
import dev.pando.process.wire.FrameWriter;
import dev.pando.process.wire.Message;
import dev.pando.process.wire.Slate;
import dev.pando.spi.Failure;
import dev.pando.spi.Failure.Progress;
import dev.pando.spi.Job;
import dev.pando.spi.Seat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One worker process, as others see it: they give it work, stop it, send it home, kill it. Its own thread, which starts
 * the process, reads its answers and buries it, is {@link Attendant}'s. The lock guards what it was given and whether it
 * lives; it is held neither while the worker is spoken to nor while a job is settled.
 */
final class Hand {
    /** How long a worker may take to tell where its task is stuck. Long, for a busy machine; its death ends the wait as well. */
    private static final long LOOK_NANOS = 1_000_000_000L;

    private static final int GIVEN_BACK_AT_MOST = 3;

    final int id;
    final String name;
    final WorkerServices services;
    final Supervisor supervisor;
    final Lent lent;
    final long bornNanos = System.nanoTime();

    /** Written once, by the worker's own thread. */
    volatile @Nullable Running running;

    /** Written once, by the worker's own thread, when it is ready. */
    volatile @Nullable Seat seat;

    /** When somebody last looked. */
    volatile @Nullable Long resident;

    /** It said that it leaves, without having been told. */
    volatile boolean departing;

    /** The run that it was given last out of the line. Written before the feeding thread looks at the line again, read after a task was put there. */
    volatile int tookRun;

    /** What it was given. */
    final Tray tray = new Tray(this);

    /** How much of that may lie ahead. */
    final Pace pace = new Pace();

    /** How long a caller looks for its next answer. */
    final SpinPolicy spin = new SpinPolicy();

    /** A stop that came while the job was on its way here. */
    @GuardedBy("this")
    private @Nullable Job early;

    /** For which attempt the early stop was. */
    @GuardedBy("this")
    private int earlyAttempt;

    @GuardedBy("this")
    private boolean released;

    @GuardedBy("this")
    private @Nullable String whyKilled;

    /** The process, and the ends of its channels. */
    record Running(Process process, Post post, Drain drain, Family family, @Nullable Page page) {}

    Hand(int id, WorkerServices services, Supervisor supervisor) {
        this.id = id;
        this.services = services;
        this.supervisor = supervisor;
        this.name = services.host().name() + "-" + id;
        this.lent = new Lent(this);
    }

    /** The process is there. {@code false}: too late, nobody wants it any more. */
    synchronized boolean started(Running now) {
        running = now;
        return whyKilled == null;
    }

    /** It is ready, and from now on takes jobs. */
    void ready(Seat taken) {
        Running here = java.util.Objects.requireNonNull(running);
        seat = taken;
        tray.opened(taken, here.page == null ? null : new Slate(new OnPage(here.page)));
    }

    /** Where it has nothing to do, it may get to know what others of the pool were given. */
    void introduce() {
        Running here = running;
        if (here == null || tray.size() > 0) return;
        for (byte[] template : services.lambdas().templates()) here.post.send(new Message.Meet(template));
    }

    /**
     * Takes the next in line, and sends it, or finds that the worker is dead. Returns false where no task stands in line.
     *
     * @param expectedRun the run that the supervisor takes the task to become, and need not be told then; 0: none
     */
    boolean feed(int expectedRun) {
        Seat mine = seat;
        Running here = running;
        if (mine == null || here == null) return false;
        for (Job job = services.host().next(); job != null; job = services.host().next()) {
            Object cargo = job.cargo();
            int attempt = job.begin(mine);
            if (attempt == 0) continue;
            Assignment assignment = tray.add(job, attempt, (Cargo) java.util.Objects.requireNonNull(cargo));
            if (assignment == null) {
                job.giveBack(attempt);
                return true; // it is dead, and whoever buries it says so: until then it must not look for another
            }
            tookRun = assignment.run;
            if (assignment.run != expectedRun) supervisor.fed(id, assignment.run);
            here.drain.began(job.name());
            lent.given(assignment.cargo);
            pace.sent(System.nanoTime());
            byte[] frame = FrameWriter.frame(run(assignment));
            assignment.mark = here.post.sent() + frame.length;
            here.post.send(frame);
            if (tookEarlyStop(job, attempt)) stop(job, attempt);
            return true;
        }
        return false;
    }

    private static Message.Run run(Assignment assignment) {
        return new Message.Run(assignment.run, assignment.cargo.packed.bytes());
    }

    /** Sends it, at once, what of the line it may have ahead, but no more than its share, nor more than its pipe holds for sure. */
    void fill() {
        int depth = services.prefetches() ? pace.depth() : 0;
        Running here = running;
        if (depth == 0 || here == null || departing) return;
        int there = tray.size() - 1;
        if (there > depth / 2) return;
        int wanted = Math.min(depth, services.mayGoAhead() / services.width()) - there;
        List<Assignment> several = several(wanted, here.post.room());
        if (several.isEmpty()) return;
        here.drain.ended(); // from here on nobody knows by the time who prints
        byte[] frame = FrameWriter.frame(new Message.Several(several.stream().map(Hand::run).toList()));
        long mark = here.post.sent() + frame.length;
        for (Assignment one : several) one.mark = mark;
        here.post.send(frame);
    }

    /** As many as there is room for; how much the next one takes is not known before it is out of the line, so it is taken to be like the last. */
    private List<Assignment> several(int wanted, int room) {
        List<Assignment> several = new ArrayList<>();
        byte[] before = {};
        int last = 0;
        while (several.size() < wanted && room > last) {
            Assignment offered = tray.offer(services.host());
            if (offered == null) break;
            several.add(offered);
            byte[] work = offered.cargo.packed.bytes();
            last = Alike.size(before, work);
            room -= last;
            before = work;
        }
        return several;
    }

    /** Takes back one that was sent ahead; {@code false}: it has begun it. */
    boolean takeBack(Assignment one) {
        Tray.TakenBack taken = tray.takeBack(one);
        if (taken == Tray.TakenBack.LAST) supervisor.rested(this);
        return taken != Tray.TakenBack.NO;
    }

    /** Takes back all that was sent ahead and has not begun. How many. */
    int takeBack() {
        Tray.Back back = tray.takeBackAll(services.host());
        if (back.rests()) supervisor.rested(this);
        return back.count();
    }

    /** The worker never heard of it, so it costs the task nothing; unless that happens again and again. */
    void giveBack(Job job, int attempt, Cargo cargo) {
        if (cargo.givenBack++ < GIVEN_BACK_AT_MOST) {
            job.giveBack(attempt);
        } else {
            String reason = "workers died before they had read it, " + cargo.givenBack + " times";
            job.fail(attempt, new Failure.Lost(Progress.NOT_STARTED, Failure.Death.of(reason, System.nanoTime() - bornNanos)));
        }
    }

    private synchronized boolean tookEarlyStop(Job job, int attempt) {
        boolean mine = early == job && earlyAttempt == attempt;
        early = null;
        return mine;
    }

    /** Asks the worker to give up this attempt. If it does not within the grace, the roster has it killed. */
    void stop(Job job, int attempt) {
        Assignment assignment;
        synchronized (this) {
            assignment = tray.find(job, attempt);
            if (assignment == null) {
                early = job;
                earlyAttempt = attempt;
                return;
            }
            if (assignment.stopped) return;
            assignment.stopped = true;
        }
        supervisor.stopping(id, assignment.run);
        Running here = running;
        if (here != null) here.post.send(new Message.Stop(assignment.run));
        var _ = services.timer().after(LOOK_NANOS, () -> stuck(assignment, List.of()));
    }

    /** Tells where an attempt is, once; no frames when nobody could look. */
    void stuck(Assignment assignment, List<StackTraceElement> frames) {
        synchronized (this) {
            if (assignment.seen) return;
            assignment.seen = true;
        }
        assignment.job.stuck(assignment.attempt, frames);
    }

    /** What it is at, 0 if it is at rest. */
    int run() {
        Assignment current = tray.current();
        return current == null ? 0 : current.run;
    }

    /** It has answered. Whether it is at rest now. */
    boolean done(Assignment assignment) {
        boolean rests = tray.remove(assignment);
        synchronized (this) {
            early = null;
        }
        return rests;
    }

    synchronized boolean wasStopped(Assignment assignment) {
        return assignment.stopped;
    }

    /** Sends it home: it is at rest. */
    void release() {
        synchronized (this) {
            released = true;
        }
        Running here = running;
        if (here == null) return;
        here.post.send(new Message.Leave());
        here.post.close();
    }

    synchronized boolean isReleased() {
        return released;
    }

    int tasks() {
        return tray.begun();
    }

    /** The first reason stays. */
    void kill(String why) {
        Running here;
        synchronized (this) {
            if (whyKilled == null) whyKilled = why;
            here = running;
        }
        if (here == null) return; // it is being started, and will be asked whether it is wanted
        weigh();
        here.process.toHandle().destroyForcibly();
    }

    synchronized @Nullable String whyKilled() {
        return whyKilled;
    }

    /** Looks how much memory it holds; {@code -1} if that cannot be seen. */
    long weigh() {
        Running here = running;
        if (here == null) return -1;
        long bytes = services.os().resident(here.process.pid()).orElse(-1);
        if (bytes >= 0) resident = bytes;
        return bytes;
    }

    /** Ends the channels, once the process is dead. */
    void closeChannels() {
        Running here = running;
        if (here == null) return;
        here.post.close();
        if (here.page != null) here.page.close();
        try {
            here.process.getInputStream().close();
        } catch (IOException gone) {
            // it is gone anyway
        }
    }
}
