package dev.pando.internal.process.handle;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.internal.process.os.ProcessTree;
import dev.pando.internal.process.os.SharedPage;
import dev.pando.internal.process.output.OutputReader;
import dev.pando.internal.process.wire.FrameWriter;
import dev.pando.internal.process.wire.Message;
import dev.pando.internal.process.wire.ProgressPage;
import dev.pando.internal.process.wire.RunBatch;
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
 * the process, reads its answers and buries it, is {@link WorkerReader}'s. The lock guards what it was given and
 * whether it lives; it is held neither while the worker is spoken to nor while a job is settled.
 */
public final class WorkerHandle {
    /**
     * How long a worker may take to tell where its task is stuck. Long, for a busy machine; its death ends the wait as
     * well.
     */
    private static final long LOOK_NANOS = 1_000_000_000L;

    private static final int GIVEN_BACK_AT_MOST = 3;

    public final int id;
    public final String name;
    final WorkerServices services;
    final Supervisor supervisor;
    final WorkerMemory memory;
    final long bornNanos = System.nanoTime();

    /** Written once, by the worker's own thread. */
    volatile @Nullable Running running;

    /** Written once, by the worker's own thread, when it is ready. */
    public volatile @Nullable Seat seat;

    /** The resident memory in bytes at the last look. */
    volatile @Nullable Long resident;

    /** It said that it leaves, without having been told. */
    volatile boolean departing;

    /**
     * The run that it was given last out of the line. Written before the feeding thread looks at the line again, read
     * after a task was put there.
     */
    public volatile int tookRun;

    /** What it was given. */
    public final InFlightTasks inFlight = new InFlightTasks(this);

    /** How much of that may lie ahead. */
    final PrefetchPolicy prefetch = new PrefetchPolicy();

    /** How long a caller looks for its next answer. */
    public final SpinPolicy spin = new SpinPolicy();

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
    record Running(
            Process process,
            FrameOutbox outbox,
            OutputReader output,
            ProcessTree tree,
            @Nullable SharedPage sharedPage) {}

    public WorkerHandle(int id, WorkerServices services, Supervisor supervisor) {
        this.id = id;
        this.services = services;
        this.supervisor = supervisor;
        this.name = services.host().name() + "-" + id;
        this.memory = new WorkerMemory(this);
    }

    /** The process has started. Returns false if the worker was killed meanwhile. */
    synchronized boolean started(Running now) {
        running = now;
        return whyKilled == null;
    }

    /** It is ready, and from now on takes jobs. */
    void ready(Seat taken) {
        Running here = java.util.Objects.requireNonNull(running);
        seat = taken;
        inFlight.opened(taken, here.sharedPage == null ? null : new ProgressPage(new PageWords(here.sharedPage)));
    }

    /** Where it has nothing to do, it may get to know what others of the pool were given. */
    void introduce() {
        Running here = running;
        if (here == null || inFlight.size() > 0) {
            return;
        }
        for (byte[] template : services.lambdas().templates()) {
            here.outbox.send(new Message.Meet(template));
        }
    }

    /**
     * Takes the next in line, and sends it, or finds that the worker is dead. Returns false where no task stands in
     * line.
     *
     * @param expectedRun the run that the supervisor takes the task to become, and need not be told then; 0: none
     */
    public boolean feed(int expectedRun) {
        Seat mine = seat;
        Running here = running;
        if (mine == null || here == null) {
            return false;
        }
        for (Job job = services.host().next();
                job != null;
                job = services.host().next()) {
            Object cargo = job.packedWork();
            int attempt = job.begin(mine);
            if (attempt == 0) {
                continue;
            }
            Assignment assignment = inFlight.add(job, attempt, (TaskPayload) java.util.Objects.requireNonNull(cargo));
            if (assignment == null) {
                job.giveBack(attempt);
                // the worker is dead, and its reaper reports that: until then it must not look for another task
                return true;
            }
            tookRun = assignment.run;
            if (assignment.run != expectedRun) {
                supervisor.fed(id, assignment.run);
            }
            here.output.began(job.name());
            memory.given(assignment.payload);
            prefetch.sent(System.nanoTime());
            byte[] frame = FrameWriter.frame(run(assignment));
            assignment.mark = here.outbox.sent() + frame.length;
            here.outbox.send(frame);
            if (tookEarlyStop(job, attempt)) {
                stop(job, attempt);
            }
            return true;
        }
        return false;
    }

    private static Message.Run run(Assignment assignment) {
        return new Message.Run(assignment.run, assignment.payload.packed.bytes());
    }

    /**
     * Sends it, at once, what of the line it may have ahead, but no more than its share, nor more than its pipe holds
     * for sure.
     */
    void fill() {
        int depth = services.prefetches() ? prefetch.depth() : 0;
        Running here = running;
        if (depth == 0 || here == null || departing) {
            return;
        }
        int there = inFlight.size() - 1;
        if (there > depth / 2) {
            return;
        }
        int wanted = Math.min(depth, services.mayGoAhead() / services.width()) - there;
        List<Assignment> several = several(wanted, here.outbox.room());
        if (several.isEmpty()) {
            return;
        }
        here.output.ended(); // from here on the time no longer tells which task prints
        byte[] frame = FrameWriter.frame(
                new Message.Several(several.stream().map(WorkerHandle::run).toList()));
        long mark = here.outbox.sent() + frame.length;
        for (Assignment one : several) {
            one.mark = mark;
        }
        here.outbox.send(frame);
    }

    /**
     * As many as there is room for; how much the next one takes is not known before it is out of the line, so it is
     * taken to be like the last.
     */
    private List<Assignment> several(int wanted, int room) {
        List<Assignment> several = new ArrayList<>();
        byte[] before = {};
        int last = 0;
        while (several.size() < wanted && room > last) {
            Assignment offered = inFlight.offer(services.host());
            if (offered == null) {
                break;
            }
            several.add(offered);
            byte[] work = offered.payload.packed.bytes();
            last = RunBatch.size(before, work);
            room -= last;
            before = work;
        }
        return several;
    }

    /** Takes back one that was sent ahead; {@code false}: it has begun it. */
    boolean takeBack(Assignment one) {
        InFlightTasks.TakenBack taken = inFlight.takeBack(one);
        if (taken == InFlightTasks.TakenBack.LAST) {
            supervisor.rested(this);
        }
        return taken != InFlightTasks.TakenBack.NO;
    }

    /** Takes back all that was sent ahead and has not begun. How many. */
    public int takeBack() {
        InFlightTasks.Back back = inFlight.takeBackAll(services.host());
        if (back.rests()) {
            supervisor.rested(this);
        }
        return back.count();
    }

    /** The worker never heard of it, so it costs the task nothing; unless that happens again and again. */
    void giveBack(Job job, int attempt, TaskPayload payload) {
        if (payload.givenBack++ < GIVEN_BACK_AT_MOST) {
            job.giveBack(attempt);
        } else {
            String reason = "workers died before they had read it, " + payload.givenBack + " times";
            job.fail(
                    attempt,
                    new Failure.Lost(Progress.NOT_STARTED, Failure.Death.of(reason, System.nanoTime() - bornNanos)));
        }
    }

    private synchronized boolean tookEarlyStop(Job job, int attempt) {
        boolean mine = early == job && earlyAttempt == attempt;
        early = null;
        return mine;
    }

    /** Asks the worker to give up this attempt. If it does not within the grace, the scheduler has it killed. */
    public void stop(Job job, int attempt) {
        Assignment assignment;
        synchronized (this) {
            assignment = inFlight.find(job, attempt);
            if (assignment == null) {
                early = job;
                earlyAttempt = attempt;
                return;
            }
            if (assignment.stopped) {
                return;
            }
            assignment.stopped = true;
        }
        supervisor.stopping(id, assignment.run);
        Running here = running;
        if (here != null) {
            here.outbox.send(new Message.Stop(assignment.run));
        }
        var _ = services.timer().after(LOOK_NANOS, () -> stuck(assignment, List.of()));
    }

    /** Reports where an attempt is stuck, once; without frames if the worker could not look. */
    void stuck(Assignment assignment, List<StackTraceElement> frames) {
        synchronized (this) {
            if (assignment.seen) {
                return;
            }
            assignment.seen = true;
        }
        assignment.job.stuck(assignment.attempt, frames);
    }

    /** What it is at, 0 if it is at rest. */
    public int run() {
        Assignment current = inFlight.current();
        return current == null ? 0 : current.run;
    }

    /** It has answered. Whether it is at rest now. */
    boolean done(Assignment assignment) {
        boolean rests = inFlight.remove(assignment);
        synchronized (this) {
            early = null;
        }
        return rests;
    }

    synchronized boolean wasStopped(Assignment assignment) {
        return assignment.stopped;
    }

    /** Sends it home: it is at rest. */
    public void release() {
        synchronized (this) {
            released = true;
        }
        Running here = running;
        if (here == null) {
            return;
        }
        here.outbox.send(new Message.Leave());
        here.outbox.close();
    }

    synchronized boolean isReleased() {
        return released;
    }

    int tasks() {
        return inFlight.begun();
    }

    /** The first reason stays. */
    public void kill(String why) {
        Running here;
        synchronized (this) {
            if (whyKilled == null) {
                whyKilled = why;
            }
            here = running;
        }
        if (here == null) {
            return; // it is being started, and will be asked whether it is wanted
        }
        weigh();
        here.process.toHandle().destroyForcibly();
    }

    public synchronized @Nullable String whyKilled() {
        return whyKilled;
    }

    /** Looks how much memory it holds; {@code -1} if that cannot be seen. */
    public long weigh() {
        Running here = running;
        if (here == null) {
            return -1;
        }
        long bytes = services.os().resident(here.process.pid()).orElse(-1);
        if (bytes >= 0) {
            resident = bytes;
        }
        return bytes;
    }

    /** Ends the channels, once the process is dead. */
    void closeChannels() {
        Running here = running;
        if (here == null) {
            return;
        }
        here.outbox.close();
        if (here.sharedPage != null) {
            here.sharedPage.close();
        }
        try {
            here.process.getInputStream().close();
        } catch (IOException gone) {
            // it is gone anyway
        }
    }
}
