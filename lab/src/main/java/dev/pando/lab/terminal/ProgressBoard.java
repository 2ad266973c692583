package dev.pando.lab.terminal;

import dev.pando.TaskFuture;
import dev.pando.TaskInfo;
import dev.pando.lab.experiment.ExperimentProgress;
import dev.pando.lab.language.MessageBook;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Paints progress below the output, and erases it before more output is printed. Any thread may report progress; a
 * dedicated thread paints ten times a second. Without a terminal there is no such thread, and nothing is painted.
 */
public final class ProgressBoard implements ExperimentProgress, AutoCloseable {
    private final Terminal terminal;
    private final PrintWriter err;
    private final ReentrantLock lock = new ReentrantLock();
    private final ProgressGauge progressGauge; // under the lock
    private int painted; // lines; under the lock
    private boolean stepping; // under the lock: a step has begun, and the next one completes it
    private boolean closed; // under the lock
    private final ScheduledExecutorService painter;
    private final Thread farewell = new Thread(this::wipe, "pando-board-farewell");

    public ProgressBoard(Terminal terminal, PrintWriter err) {
        this(terminal, err, MessageBook.ENGLISH);
    }

    public ProgressBoard(Terminal terminal, PrintWriter err, MessageBook messages) {
        this.progressGauge = new ProgressGauge(messages);
        this.terminal = terminal;
        this.err = err;
        this.painter = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("pando-board").factory());
        if (terminal.progress()) {
            var _ = painter.scheduleAtFixedRate(this::paint, 100, 100, TimeUnit.MILLISECONDS);
            Runtime.getRuntime().addShutdownHook(farewell); // Ctrl-C leaves a clean screen
        }
    }

    @Override
    public void begin(String what, int steps) {
        change(() -> progressGauge.begin(what, steps, System.nanoTime()));
    }

    @Override
    public void step(String doing) {
        change(() -> {
            progressGauge.done(progressGauge.done() + (stepping ? 1 : 0));
            stepping = true;
            progressGauge.doing(doing);
        });
    }

    /** Sets how much is done, for a caller that counts itself. */
    public void done(long soFar) {
        change(() -> progressGauge.done(soFar));
    }

    @Override
    public void end() {
        change(() -> {
            progressGauge.end();
            stepping = false;
        });
        wipe();
    }

    @Override
    public void started(TaskInfo task) {
        task.worker().ifPresent(worker -> change(() -> progressGauge.started(worker, task.name())));
    }

    @Override
    public void finished(TaskInfo task, TaskFuture<?> future) {
        task.worker().ifPresent(worker -> change(() -> progressGauge.finished(worker)));
    }

    @Override
    public void workerLost(String worker, String reason) {
        change(() -> progressGauge.lost(worker));
    }

    @Override
    public void close() {
        painter.shutdownNow();
        if (!terminal.progress()) {
            return;
        }
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        wipe();
        try {
            Runtime.getRuntime().removeShutdownHook(farewell);
        } catch (IllegalStateException shuttingDown) {
            // The JVM is shutting down, and the hook wipes too.
        }
    }

    private void change(Runnable change) {
        if (!terminal.progress()) {
            return;
        }
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }

    private void paint() {
        lock.lock();
        try {
            if (!closed) {
                repaint(progressGauge.lines(System.nanoTime(), terminal.width()));
            }
        } finally {
            lock.unlock();
        }
    }

    private void wipe() {
        lock.lock();
        try {
            repaint(List.of());
        } finally {
            lock.unlock();
        }
    }

    /** Moves up to the first painted line, erases to the end of the screen and writes anew. Under the lock. */
    private void repaint(List<String> lines) {
        if (painted == 0 && lines.isEmpty()) {
            return;
        }
        StringBuilder text = new StringBuilder(painted > 0 ? "\033[" + painted + "A" : "").append("\r\033[J");
        lines.forEach(line -> text.append(line).append('\n'));
        err.print(text);
        err.flush();
        painted = lines.size();
    }
}
