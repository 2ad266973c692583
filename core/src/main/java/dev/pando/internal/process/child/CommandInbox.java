package dev.pando.internal.process.child;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.internal.process.os.OperatingSystem;
import dev.pando.internal.process.wire.FrameReader;
import dev.pando.internal.process.wire.Message;
import java.util.ArrayDeque;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the parent says, and what is being run. The main thread reads for itself while it has nothing else to do, so
 * that a task begins on the thread that read it: handing it over would cost more than a small task. Once a task has
 * taken a moment, a watcher reads in its place, so that it can be stopped, and the parent's end be noticed, whatever
 * it does. A task that asks the parent something which is answered at once reads that for itself, or else the watcher
 * would have to be woken, and to wake it.
 *
 * <pre>
 *   main     reads ──► runs ──► asks, reads ──► runs ──────────────────► answers ──► reads (or is handed the next)
 *   watcher  rests     waits a moment, again and again ──► reads ───────────────────► rests
 * </pre>
 *
 * <p>One of them reads at a time; the lock guards which one, and what is being run, and is never held while reading or
 * running. Both only hand on what they read: no code of the user's runs here, and none of its classes is loaded.
 */
final class CommandInbox {
    /** A task that is over by then is not watched: to wake the watcher for each would cost more than a small task. */
    private static final long UNWATCHED_MILLIS = 2;

    private static final int INITIALIZER = -1;

    final CommandSource source;
    private final ReplyWriter replies;
    private final ProgressNotes notes;
    private final Thread main = Thread.currentThread();

    /** Whether one of the two threads reads. */
    @GuardedBy("this")
    private boolean isRead;

    /** How often a task has read an answer for itself. */
    @GuardedBy("this")
    private int ownReads;

    /** The runs that were sent ahead of their turn, and have been read. */
    @GuardedBy("this")
    private final ArrayDeque<Message.Run> next = new ArrayDeque<>();

    /** The run that the parent was told of because others wait behind it. */
    @GuardedBy("this")
    private int announced;

    @GuardedBy("this")
    private boolean leaving;

    private final WarmUpQueue warmUps = new WarmUpQueue(WarmUpQueue.PARENT_MILLIS);

    /**
     * What is being run, 0 for nothing, or the initializer: from before it is unpacked until its answer is packed.
     * Written under the lock, and read by any thread: a call that needs no message asks for it each time.
     */
    private volatile int running;

    /** What was told to stop. */
    private final TaskProcesses processes = new TaskProcesses(OperatingSystem.here());

    /** The parent has asked last where this run is, which may be before it begins. */
    @GuardedBy("this")
    private int sought;

    /** The watcher waits for a task to begin. */
    @GuardedBy("this")
    private boolean watcherRests;

    /** A thread waits for what the parent will say: the watcher must read at once. */
    @GuardedBy("this")
    private boolean urgent;

    CommandInbox(
            OperatingSystem os, FrameReader commands, ReplyWriter replies, ProgressNotes notes, RemoteClasses foreign) {
        this.source = new CommandSource(os, commands, foreign);
        this.notes = notes;
        this.replies = replies;
    }

    /** The watcher ends when the parent has closed the channel, having sent this worker home. */
    Thread startWatcher() {
        Thread watcher = new Thread(null, null, "pando-watcher", 0, false) {
            @Override
            public void run() {
                try {
                    while (true) {
                        takeTurnAsWatcher();
                        Message.ToWorker message = source.read(CommandInbox.this);
                        deliver(message);
                        if (message == null) {
                            return;
                        }
                    }
                } catch (Throwable t) {
                    WorkerMain.giveUp(t);
                }
            }
        };
        watcher.setDaemon(true);
        watcher.start();
        return watcher;
    }

    /**
     * The next to run, which the parent can no longer take back; {@code null} when it is time to go home. The main
     * thread's.
     */
    Message.@Nullable Run next() {
        for (Message.Run run = take(); run != null; run = take()) {
            if (!notes.begin(run.run())) {
                continue;
            }
            Thread.interrupted(); // the initializer or a thread left behind did that, and did not mean this run
            begin(run.run());
            return run;
        }
        return null;
    }

    private Message.@Nullable Run take() {
        while (true) {
            Message.Stop late;
            synchronized (this) {
                while (next.isEmpty() && !leaving && isRead && !processes.areDue()) {
                    rest(0);
                }
                late = processes.takeDue();
                if (late == null) {
                    Message.Run handed = next.poll();
                    if (handed != null) {
                        return handed;
                    }
                    if (leaving) {
                        return null;
                    }
                    isRead = true;
                }
            }
            if (late != null) { // now that the run is answered: to look for them is not part of its grace
                if (!processes.end(late)) {
                    leave();
                }
                continue;
            }
            Message.ToWorker message = source.read(this);
            synchronized (this) {
                if (message instanceof Message.Run run) {
                    isRead = false;
                    return run;
                }
                if (message instanceof Message.Several several) {
                    isRead = false;
                    next.addAll(several.runs());
                    continue;
                }
            }
            deliver(message);
        }
    }

    private synchronized void begin(int run) {
        running = run;
        if (run > 0) {
            warmUps.end();
        }
        if (processes.isStopped(run) || sought == run) {
            look(run, processes.isStopped(run));
        }
        if (watcherRests) {
            notifyAll();
        }
    }

    /** The initializer runs until {@link #endRun}, and is watched like a task. */
    void beginInitializer() {
        begin(INITIALIZER);
    }

    WarmUpQueue warmUps() {
        return warmUps;
    }

    private synchronized void takeTurnAsWatcher() {
        while (true) {
            while (!urgent && running == 0 && (isRead || !leaving)) {
                watcherRests = true;
                rest(0);
                watcherRests = false;
            }
            int watched = running;
            int before = ownReads;
            if (!urgent && (isRead || !leaving)) {
                rest(UNWATCHED_MILLIS);
            }
            boolean isLong = running == watched;
            if (isLong) {
                tellIfOthersWait();
            }
            if (!isRead && !urgent && (!isLong || ownReads != before)) {
                continue;
            }
            urgent = false; // if the other thread reads, that will bring it
            if (!isRead) {
                isRead = true;
                return;
            }
        }
    }

    /**
     * The caller waits for what the parent says at once. If it is the main thread, and the watcher does not read, it
     * reads until that has arrived. Otherwise this returns early: the thread that reads will bring it.
     */
    void readUntil(BooleanSupplier arrived) {
        if (Thread.currentThread() != main) {
            hurry();
            return;
        }
        while (!arrived.getAsBoolean()) {
            synchronized (this) {
                if (arrived.getAsBoolean()) {
                    return; // the watcher has just brought it: nothing else may ever come
                }
                if (isRead || leaving) {
                    hurry();
                    return;
                }
                isRead = true;
                ownReads++;
            }
            deliver(source.read(this));
        }
    }

    private void deliver(Message.@Nullable ToWorker message) {
        source.handOn(message);
        synchronized (this) {
            isRead = false;
            urgent |= source.isAwaited();
            if (message instanceof Message.Run run) {
                waits(run);
            } else if (message instanceof Message.Several several) {
                several.runs().forEach(this::waits);
            } else if (message instanceof Message.Stop stop) {
                processes.stop(stop);
                look(stop.run(), true);
            } else if (message instanceof Message.Locate look) {
                sought = look.run();
                look(sought, false);
            } else if (message instanceof Message.Meet meet) {
                warmUps.add(meet.template());
            } else if (message instanceof Message.Leave || message == null) {
                leaving = true;
                warmUps.end();
            }
            if (urgent || leaving || running == 0 || Thread.currentThread() != main) {
                notifyAll(); // or else the watcher, which looks again after a moment
            }
        }
    }

    @GuardedBy("this")
    private void waits(Message.Run run) {
        next.add(run);
        if (Thread.currentThread() != main) { // a task that has read it for itself may be over at once
            tellIfOthersWait();
        }
    }

    /** The parent takes back what waits behind a run that takes its time. Told once for each of those. */
    @GuardedBy("this")
    private void tellIfOthersWait() {
        // the initializer has all the time that it needs
        if (running <= 0 || announced == running || next.isEmpty()) {
            return;
        }
        announced = running;
        replies.send(new Message.Began(running));
    }

    /** Tells where this run is, if it runs, before it may interrupt it: the interrupt may move it. */
    @GuardedBy("this")
    private void look(int run, boolean interrupts) {
        if (run == running) {
            replies.send(new Message.Seen(run, main.getStackTrace()));
            if (interrupts) {
                main.interrupt();
            }
        }
    }

    /** A thread has asked the parent something, and waits. If the parent is read, that will bring it. */
    synchronized void hurry() {
        if (!isRead) {
            urgent = true;
            notifyAll();
        }
    }

    /**
     * From here on a stop comes too late, and an interrupt that has come is forgotten: it was not meant for the next.
     */
    synchronized void endRun() {
        processes.runEnded(running, isRead);
        running = 0;
        if (source.memory != null) {
            source.memory.endTask();
        }
        Thread.interrupted();
    }

    void answered() {
        processes.runAnswered();
    }

    int running() {
        return running;
    }

    synchronized boolean isStopping() {
        return running != 0 && processes.isStopped(running);
    }

    /** What is left is for another worker. */
    synchronized void leave() {
        leaving = true;
        warmUps.end();
        next.clear();
        notifyAll();
    }

    synchronized boolean isLeaving() {
        return leaving;
    }

    @SuppressWarnings("WaitNotInLoop") // all callers look again
    private void rest(long millis) {
        try {
            wait(millis);
        } catch (InterruptedException strange) {
            // a thread that an earlier task left behind may do that
        }
    }
}
