package dev.pando.internal.process.output;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.internal.process.output.OutputTail.Said;
import dev.pando.internal.process.output.OutputTail.TaskTurn;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what one worker prints and says which task printed it. A daemon thread of its own reads and calls the
 * {@link LineSink}; it holds no more than it has read at once, so a slow output makes the worker wait in its print.
 *
 * <p>When a task ends, what it printed may still be in the pipe. So a turn begins at a byte, counted from the worker's
 * first: those that were read and those that can be read at that moment. The thread counts what it reads under the
 * lock, and reads nothing there that it would have to wait for. Only where there was nothing does it wait, outside, and
 * for one byte: so one byte at most is neither counted nor in the pipe, and a turn that begins meanwhile may begin one
 * byte early. Output mostly ends with a line end, so that byte is one, and is known by the unfinished line before it.
 *
 * <pre>
 *   the worker prints    a  b  c  \n │ d  e  \n         A's turn, then B's
 *
 *   the thread            taken = 3    has \n, not counted     nothing in the pipe
 *   B's turn begins       from = 3 + 0, early                one less than the true 4
 *
 *   \n at 3: a line of A's is unfinished, so it is A's end    taken &gt; from, not taken &gt;= from
 * </pre>
 */
public final class OutputReader implements Runnable {
    /** Shorter, and the thread that waits would take the processor that the reading thread needs. */
    private static final long STEP_NANOS = 10_000_000;

    /** Two seconds: longer, a consumer that writes to a terminal that stands still would hold up the news of a loss. */
    private static final int MOST_STARVED = 200;

    private final String worker;
    private final InputStream in;
    private final LineSink output;
    private final Consumer<Thread> lastAct;
    private final CountDownLatch end = new CountDownLatch(1);

    /** Never held while a thread waits for output or for the consumer. */
    private final Object lock = new Object();

    /** How many bytes were taken from the stream and split. */
    @GuardedBy("lock")
    private long taken;

    /** The thread waits for one byte, or has it and has not counted it. */
    @GuardedBy("lock")
    private boolean waits;

    /** Whose bytes are split now. */
    @GuardedBy("lock")
    private TaskTurn turn = new TaskTurn(0, false, Optional.empty());

    /** The turns whose bytes come next; each begins at a byte that was not taken, so no more than fit a pipe. */
    @GuardedBy("lock")
    private final ArrayDeque<TaskTurn> turns = new ArrayDeque<>();

    @GuardedBy("lock")
    private final StreamSplitter splitter = new StreamSplitter();

    @GuardedBy("lock")
    private final OutputTail tail = new OutputTail();

    /**
     * What the worker's JVM prints is no output of the program yet: it comes with the first line after the beginning,
     * or stays in the tail, for the report of a worker that never began.
     */
    @GuardedBy("lock")
    private boolean holds;

    /** The drain's thread only. */
    private final byte[] chunk = new byte[8 * 1024];

    /** Written before it starts. */
    private @Nullable Thread thread;

    /** Whether the consumer is being called. Written by the drain's thread. */
    private volatile boolean delivers;

    /** The drain's thread only. */
    private boolean complained;

    private OutputReader(
            String worker, InputStream in, LineSink output, Consumer<Thread> lastAct, boolean fromBeginning) {
        this.holds = fromBeginning;
        this.worker = worker;
        this.in = in;
        this.output = output;
        this.lastAct = lastAct;
    }

    /**
     * @param in whose {@code available()} does not wait for a reader: see {@link StderrPipe}
     * @param lastAct told of the thread when all lines are delivered
     * @param fromBeginning whether nothing is delivered of a worker that ends before {@link MarkedStream#noteBeginning}
     */
    public static OutputReader start(
            String worker, InputStream in, LineSink output, Consumer<Thread> lastAct, boolean fromBeginning) {
        OutputReader drain = new OutputReader(worker, in, output, lastAct, fromBeginning);
        Thread thread = Thread.ofPlatform()
                .daemon()
                .name(worker + "-output")
                .inheritInheritableThreadLocals(false)
                .unstarted(drain);
        drain.thread = thread;
        thread.start();
        return drain;
    }

    /** How many bytes it has printed, as far as they were read. */
    public long printed() {
        synchronized (lock) {
            return splitter.hasBegun() ? taken - MarkedStream.MARK : taken;
        }
    }

    /** To be called before the task is sent to the worker. */
    public void began(String task) {
        turn(Optional.of(task));
    }

    /** To be called when the worker's answer is there: it flushes before it answers. */
    public void ended() {
        synchronized (lock) {
            TaskTurn last = turns.isEmpty() ? turn : turns.getLast();
            if (last.task.isEmpty()) {
                return; // it belongs to no task as it is
            }
        }
        turn(Optional.empty());
    }

    private void turn(Optional<String> task) {
        synchronized (lock) {
            long from = taken + unread();
            TaskTurn before = turns.peekLast();
            if (before != null && before.from >= from) { // nothing was printed; less where the one byte is on its way
                from = before.from;
                turns.removeLast();
            }
            turns.addLast(new TaskTurn(from, waits, task));
        }
    }

    private int unread() {
        try {
            return in.available();
        } catch (IOException e) {
            return 0; // closed: there will be nothing to tell apart
        }
    }

    /**
     * At most 45 lines: the last that the task printed, or, if there are none, the last of the worker. An unfinished
     * line is one of them.
     */
    public List<String> last(String task) {
        synchronized (lock) {
            return tail.last(task, turn, splitter.unfinished());
        }
    }

    /**
     * Waits until everything was delivered, but no longer than this: a process that the worker started may outlive it
     * and hold the pipe open, and a consumer may wait. Two seconds more if the thread only gets no processor.
     */
    public void awaitEnd(long nanos) {
        int starved = 0;
        try {
            for (long left = nanos; left > 0; ) {
                long before = printed();
                if (end.await(Math.min(left, STEP_NANOS), TimeUnit.NANOSECONDS)) {
                    return;
                }
                if (starved < MOST_STARVED && isStarved(before)) {
                    starved++;
                } else {
                    left -= STEP_NANOS;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the thread has something to do, does not get on with it, and waits for nothing but a processor. */
    private boolean isStarved(long before) {
        if (thread == null || !thread.isAlive()) {
            return false; // where memory ran out it may have ended without a word
        }
        if (delivers) {
            return thread.getState() == Thread.State.RUNNABLE; // and the consumer does not wait
        }
        synchronized (lock) {
            return printed() == before && (!waits || unread() > 0);
        }
    }

    /** Gives up what was not read. Where the worker is gone there is no need: the stream ends by itself. */
    void close() {
        try {
            in.close();
        } catch (IOException e) {
            // no thread reads it any more
        }
    }

    /** The thread's, which {@link #start} starts. */
    @Override
    public void run() {
        try {
            for (List<Said> lines = take(); lines != null; lines = take()) {
                deliver(lines);
            }
            deliver(finish());
        } finally {
            try {
                close(); // also where memory ran out: the worker then fails to print, instead of waiting for ever
                lastAct.accept(Thread.currentThread());
            } finally {
                end.countDown();
            }
        }
    }

    /** The lines that ended with what is there now, or with the next byte; {@code null}: the stream has ended. */
    private @Nullable List<Said> take() {
        try {
            synchronized (lock) {
                int there = in.available();
                if (there > 0) {
                    return split(in.read(chunk, 0, Math.min(there, chunk.length)));
                }
                waits = true;
            }
            int read = in.read(chunk, 0, 1);
            synchronized (lock) {
                waits = false;
                return split(read);
            }
        } catch (IOException e) {
            return null; // closed
        }
    }

    @GuardedBy("lock")
    private @Nullable List<Said> split(int read) {
        if (read < 0) {
            return null;
        }
        List<Said> lines = new ArrayList<>();
        List<StreamSplitter.Text> texts = new ArrayList<>();
        for (int i = 0; i < read; i++, taken++) {
            for (TaskTurn next = turns.peek(); next != null && begins(next, chunk[i]); next = turns.peek()) {
                splitter.finish(texts);
                keep(texts, lines);
                turn = turns.remove();
            }
            splitter.add(chunk[i], texts);
            keep(texts, lines);
            if (holds && splitter.hasBegun()) {
                holds = false;
                lines.addAll(tail.all());
            }
        }
        return lines;
    }

    /** Whether this byte, the next, is that turn's. */
    @GuardedBy("lock")
    private boolean begins(TaskTurn next, byte first) {
        boolean late = next.early && first == '\n' && splitter.inLine();
        return late ? taken > next.from : taken >= next.from;
    }

    /** Moves the texts to the lines of this turn. */
    @GuardedBy("lock")
    private void keep(List<StreamSplitter.Text> texts, List<Said> lines) {
        if (texts.isEmpty()) {
            return;
        }
        for (StreamSplitter.Text text : texts) {
            Said said = new Said(turn, text.text(), text.error(), text.logged());
            tail.add(said);
            if (!holds) {
                lines.add(said);
            }
        }
        texts.clear();
    }

    private List<Said> finish() {
        List<Said> last = new ArrayList<>();
        List<StreamSplitter.Text> texts = new ArrayList<>();
        synchronized (lock) {
            splitter.finish(texts);
            keep(texts, last);
        }
        return last;
    }

    private void deliver(List<Said> lines) {
        delivers = true;
        for (Said line : lines) {
            deliver(line);
        }
        delivers = false;
    }

    private void deliver(Said line) {
        try {
            LoggedRecord logged = line.logged();
            if (logged == null) {
                output.accept(worker, line.turn().task, line.text(), line.error());
            } else {
                output.accept(worker, line.turn().task, logged);
            }
        } catch (Throwable t) {
            complain(t);
        }
        boolean _ = Thread.interrupted(); // whatever the consumer left behind: it would close the channel of a Pipe
    }

    private void complain(Throwable thrown) {
        if (complained) {
            return;
        }
        complained = true;
        try {
            System.getLogger("dev.pando")
                    .log(
                            System.Logger.Level.WARNING,
                            "the consumer of the output of worker " + worker
                                    + " threw; it still gets each further line, and what else it throws is not logged",
                            thrown);
        } catch (Throwable t) {
            thrown.addSuppressed(t); // a logger that throws as well: there is nowhere left to report
        }
    }
}
