package dev.pando.internal.process.child;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.internal.process.memory.Borrower;
import dev.pando.internal.process.os.OperatingSystem;
import dev.pando.internal.process.wire.CallMessage;
import dev.pando.internal.process.wire.FrameReader;
import dev.pando.internal.process.wire.MemoryMessage;
import dev.pando.internal.process.wire.Message;
import dev.pando.internal.process.wire.ParentTalk;
import java.io.IOException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What the parent says, and what is being run. The main thread reads for itself while it has nothing else to do, so
 * that a task begins on the thread that read it: handing it over would cost more than a small task. Once a task has
 * taken a moment, a watcher reads in its place, so that it can be stopped, and the parent's end be noticed, whatever
 * it does.
 *
 * <pre>
 *   main     reads ──► runs ─────────────────────► answers ──► reads (or is handed the next, if the watcher reads)
 *   watcher  rests     waits a moment ──► reads ───────────────────► rests
 * </pre>
 *
 * <p>One of them reads at a time; the lock guards which one, and what is being run, and is never held while reading or
 * running. Both only hand on what they read: no code of the user's runs here, and none of its classes is loaded.
 */
final class CommandInbox {
    /** A task that is over by then is not watched: to wake the watcher for each would cost more than a small task. */
    private static final long UNWATCHED_MILLIS = 2;

    private static final int INITIALIZER = -1;

    private final OperatingSystem os;
    private final FrameReader commands;
    private final ReplyWriter replies;
    private final ProgressNotes notes;
    private final RemoteClasses foreign;
    private final Thread main = Thread.currentThread();

    /** Told of what concerns it. Set before anything is read. */
    @Nullable
    Borrower memory;

    /** Told of replies. Set before anything is read. */
    @Nullable
    ParentTalk parent;

    /** Whether one of the two threads reads. */
    @GuardedBy("this")
    private boolean isRead;

    /** The runs that were sent ahead of their turn, and have been read. */
    @GuardedBy("this")
    private final ArrayDeque<Message.Run> next = new ArrayDeque<>();

    /** The run that the parent was told of because others wait behind it. */
    @GuardedBy("this")
    private int announced;

    @GuardedBy("this")
    private boolean leaving;

    private final WarmUpQueue warmUps = new WarmUpQueue(WarmUpQueue.PARENT_MILLIS);

    /** What is being run, 0 for nothing, or the initializer: from before it is unpacked until its answer is packed. */
    @GuardedBy("this")
    private int running;

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
        this.os = os;
        this.notes = notes;
        this.commands = commands;
        this.replies = replies;
        this.foreign = foreign;
    }

    /** The watcher ends when the parent has closed the channel, having sent this worker home. */
    Thread startWatcher() {
        Thread watcher = new Thread(null, null, "pando-watcher", 0, false) {
            @Override
            public void run() {
                try {
                    while (true) {
                        takeTurnAsWatcher();
                        Message.ToWorker message = read();
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
            Message.ToWorker message = read();
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
            while (!urgent && (isRead || (running == 0 && !leaving))) {
                watcherRests = true;
                rest(0);
                watcherRests = false;
            }
            int watched = running;
            if (!urgent && !leaving) {
                rest(UNWATCHED_MILLIS);
            }
            boolean isLong = running == watched;
            if (isLong) {
                tellIfOthersWait();
            }
            if (!isRead && !isLong && !urgent) {
                continue;
            }
            urgent = false; // if the other thread reads, that will bring it
            if (!isRead) {
                isRead = true;
                return;
            }
        }
    }

    /** Waits for the parent; does not return if that is gone. */
    private Message.@Nullable ToWorker read() {
        try {
            Message.ToWorker message = commands.toWorker();
            if (message == null && !isLeaving()) {
                os.endOwnFamily();
            }
            return message;
        } catch (IOException parentGone) {
            os.endOwnFamily();
            return null;
        }
    }

    /** Not a switch over types: making one takes a new JVM longer than all the rest of its start. */
    private void deliver(Message.@Nullable ToWorker message) {
        if (message instanceof Message.Code code) {
            foreign.arrived(code);
        }
        if (message instanceof MemoryMessage.AboutMemory about && memory != null) {
            memory.receive(about);
        }
        if (message instanceof CallMessage.Reply reply && parent != null) {
            parent.received(reply);
        }
        synchronized (this) {
            isRead = false;
            urgent |= parent != null && parent.awaitsReply();
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
            notifyAll();
        }
    }

    @GuardedBy("this")
    private void waits(Message.Run run) {
        next.add(run);
        tellIfOthersWait();
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

    /** A thread has asked the parent something, and waits. */
    synchronized void hurry() {
        urgent = true;
        notifyAll();
    }

    /**
     * From here on a stop comes too late, and an interrupt that has come is forgotten: it was not meant for the next.
     */
    synchronized void endRun() {
        processes.runEnded(running, isRead);
        running = 0;
        if (memory != null) {
            memory.endTask();
        }
        Thread.interrupted();
    }

    void answered() {
        processes.runAnswered();
    }

    synchronized int running() {
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
