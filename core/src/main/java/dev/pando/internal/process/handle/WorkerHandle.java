package dev.pando.internal.process.handle;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.internal.process.launch.WorkerLauncher;
import dev.pando.internal.process.os.ProcessTree;
import dev.pando.internal.process.os.SharedPage;
import dev.pando.internal.process.output.OutputReader;
import dev.pando.internal.process.wire.Message;
import dev.pando.internal.process.wire.ProgressPage;
import dev.pando.spi.Failure;
import dev.pando.spi.Failure.Progress;
import dev.pando.spi.Job;
import dev.pando.spi.Seat;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A worker process, as the rest of the parent sees it: gives it work, stops its task, sends it home, kills it. The
 * thread that starts the process, reads its answers and buries it is {@link WorkerReader}'s. The lock is held neither
 * while a message is sent to the worker nor while a job is settled.
 */
public final class WorkerHandle {
    private static final int GIVEN_BACK_AT_MOST = 3;

    /** How the JVM says that it could start no thread, for which it has no exception of its own. */
    private static final String NO_THREAD = "native thread";

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

    /** Set once the worker has said that it is ready, before any listener learns of that. */
    public volatile boolean saidReady;

    /** Whether a signal had stopped the process at the last look. */
    volatile boolean stopped;

    /** The resident memory in bytes at the last look. */
    volatile @Nullable Long resident;

    /** Set once the worker has said that it leaves, without a command. */
    volatile boolean departing;

    /**
     * The run that the worker got last out of the queue. Written before the feeding thread looks at the queue again,
     * read after a task was put there.
     */
    public volatile int tookRun;

    /** The name of the task of that run. Written before it, and read after it. */
    public String lastTask = "";

    /** The tasks that the worker has and has not answered. */
    public final InFlightTasks inFlight = new InFlightTasks(this);

    /** What the worker has of shared constructs; {@code null} until it calls one. Written by the thread that reads. */
    volatile @Nullable WorkerShares shares;

    /** Its recording; {@code null} until there is one. Written under the lock. */
    volatile @Nullable WorkerTape tape;

    /** How many of those may lie ahead. */
    final PrefetchPolicy prefetch = new PrefetchPolicy();

    /** How long a caller looks for its next answer. */
    public final SpinPolicy spin = new SpinPolicy();

    final StopRequests stops = new StopRequests(this);
    private final TaskFeeder feeder = new TaskFeeder(this);

    /** The thread that starts the worker, or serves it, found no memory for that. Written by it. */
    private volatile boolean starved;

    /** Set when the worker is sent home. */
    volatile boolean released;

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

    /** The worker is ready, and from now on takes jobs. */
    void ready(Seat arrived) {
        Running here = Objects.requireNonNull(running);
        seat = arrived;
        inFlight.open(arrived, here.sharedPage == null ? null : new ProgressPage(new PageWords(here.sharedPage)));
    }

    /** Sends a worker that has nothing to do the templates of the lambdas that other workers of the pool got. */
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
     * Takes the next task of the queue, and sends it, or finds that the worker is dead. Returns false if the queue is
     * empty.
     *
     * @param expectedRun the run that the supervisor takes the task to become, and need not learn then; 0: none
     */
    public boolean feed(int expectedRun) {
        return feeder.feed(expectedRun);
    }

    /**
     * Sends the worker, in one frame, the tasks of the queue that it may have ahead: no more than its share, nor more
     * than its pipe holds for sure.
     */
    void fill() {
        feeder.fill();
    }

    /** Takes back a task that was sent ahead. Returns false if the worker has begun it. */
    boolean takeBack(Assignment one) {
        InFlightTasks.TakenBack taken = inFlight.takeBack(one);
        if (taken == InFlightTasks.TakenBack.LAST) {
            supervisor.rested(this);
        }
        return taken != InFlightTasks.TakenBack.NO;
    }

    /** Takes back all that was sent ahead and has not begun. Returns how many those are. */
    public int takeBackAll() {
        int back = inFlight.takeBackAll(services.host());
        if (back < 0) {
            supervisor.rested(this);
        }
        return Math.abs(back);
    }

    /** Returns a task that the worker never read: it costs the task no attempt, unless that happens again and again. */
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

    /** Asks the worker to give up this attempt. If it does not within the grace, the scheduler has it killed. */
    public void stop(Job job, int attempt) {
        stops.stop(job, attempt);
    }

    /** Asks where the worker is with this attempt, which goes on. {@code seen} is called once the worker answers. */
    public void look(Job job, int attempt, Consumer<List<StackTraceElement>> seen) {
        Running here = running;
        Assignment assignment = inFlight.find(job, attempt);
        if (here != null && assignment != null && assignment.addLooker(seen)) {
            here.outbox.send(new Message.Locate(assignment.run));
        }
    }

    /** Returns the process, null before it has started. */
    public @Nullable Process process() {
        Running here = running;
        return here == null ? null : here.process;
    }

    public @Nullable WorkerTape tape() {
        return tape;
    }

    public long ageNanos() {
        return System.nanoTime() - bornNanos;
    }

    /** The job was stopped just when the worker answered, so that the answer does not count. */
    void settledWithout(Assignment answered) {
        stops.tooLate(answered);
    }

    /** Returns the run that the worker is at, 0 if it is at rest. */
    public int currentRun() {
        Assignment current = inFlight.current();
        return current == null ? 0 : current.run;
    }

    /** Removes a task that the worker has answered. Returns whether the worker is at rest now. */
    boolean finish(Assignment assignment) {
        boolean rests = inFlight.remove(assignment);
        stops.forgetEarly();
        return rests;
    }

    /** Sends the worker home, which is at rest; kills it if there is no memory for that. */
    public void release() {
        released = true;
        Running here = running;
        if (here == null) {
            return;
        }
        try {
            here.outbox.sendLast(new Message.Leave());
        } catch (OutOfMemoryError noMemory) {
            kill("Pando had no memory to send it home");
        }
    }

    /** Notes what has kept this worker from being started or served: a want of memory says nothing about the next. */
    public void noteStarved(Throwable because) {
        try {
            starved = because instanceof OutOfMemoryError
                    && !String.valueOf(because.getMessage()).contains(NO_THREAD);
        } catch (OutOfMemoryError noMemory) {
            starved = true;
        }
    }

    /** Returns whether it was a want of memory in this program that kept the worker from being started or served. */
    public boolean isStarved() {
        return starved;
    }

    /** Returns how many tasks it has begun, as far as is known. */
    public int tasks() {
        return inFlight.begunTasks();
    }

    /** The task of this run has ended: takes back what it had of shared constructs, or has the reaper do it. */
    void endShares(int run) {
        WorkerShares there = shares;
        if (there == null) {
            return;
        }
        try {
            there.taskEnded(run);
        } catch (OutOfMemoryError noMemory) {
            kill("Pando had no memory to take back what its task shared");
        }
    }

    /** Kills the process. The first reason stays. */
    public void kill(String why) {
        Running here;
        synchronized (this) {
            if (whyKilled == null) {
                whyKilled = why;
            }
            here = running;
        }
        if (here == null) {
            return; // the thread that starts the process asks whether it was killed
        }
        try {
            weigh();
        } catch (OutOfMemoryError noMemory) {
            // then it is not told how much it held
        }
        WorkerLauncher.kill(here.process);
    }

    public synchronized @Nullable String whyKilled() {
        return whyKilled;
    }

    /** Returns the resident memory of the process in bytes; -1 if that cannot be seen. */
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

    public boolean lookIfStopped() {
        Running here = running;
        stopped = here != null && services.os().isStopped(here.process.pid());
        return stopped;
    }

    /** Returns the threads of the process that are at work, by number, with their names. */
    public Map<Long, String> runningThreads() {
        Running here = running;
        return here == null ? Map.of() : services.os().runningThreads(here.process.pid());
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
            // the pipe is gone anyway
        }
    }
}
