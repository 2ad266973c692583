package dev.pando.internal.worker;

import dev.pando.Submitter;
import dev.pando.internal.process.wire.ParentTalk;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a task asks that a program on another machine has sent: what that program calls the worker, and which attempt it
 * counts, came with the task. In a worker process any thread of the task finds it, elsewhere the thread that runs it.
 */
public final class GuestContext implements TaskContext, AutoCloseable {
    private static final ThreadLocal<@Nullable GuestContext> OF_THREAD = new ThreadLocal<>();

    /** A worker process runs one task at a time. */
    private static volatile @Nullable GuestContext ofThisWorker;

    private final String worker;
    private final int attempt;
    private final ProgressSink progress;
    private final BooleanSupplier stopping;
    private final boolean everyThread;

    /** Where progress goes. */
    @FunctionalInterface
    public interface ProgressSink {
        void tell(double fraction, String text);
    }

    private GuestContext(
            String worker, int attempt, ProgressSink progress, BooleanSupplier stopping, boolean everyThread) {
        this.worker = worker;
        this.attempt = attempt;
        this.progress = progress;
        this.stopping = stopping;
        this.everyThread = everyThread;
    }

    /** The calling thread runs such a task until this is closed. */
    public static GuestContext onThread(String worker, int attempt, ProgressSink progress, BooleanSupplier stopping) {
        GuestContext made = new GuestContext(worker, attempt, progress, stopping, false);
        OF_THREAD.set(made);
        return made;
    }

    /** This worker process runs such a task until this is closed. */
    public static GuestContext inWorker(String worker, int attempt) {
        GuestContext made =
                new GuestContext(worker, attempt, GuestContext::tellParent, GuestContext::parentSaysStop, true);
        ofThisWorker = made;
        return made;
    }

    private static ParentTalk parent() {
        ParentTalk parent = ParentTalk.ofThisProgram();
        if (parent == null) {
            throw new IllegalStateException("this program is no worker");
        }
        return parent;
    }

    private static void tellParent(double fraction, String text) {
        RemoteContext.of(parent()).progress(fraction, text);
    }

    private static boolean parentSaysStop() {
        return parent().isStopping();
    }

    /** Returns what the calling thread's task may ask. Returns {@code null} if it is no such task. */
    public static @Nullable GuestContext find() {
        GuestContext here = ofThisWorker;
        return here != null ? here : OF_THREAD.get();
    }

    @Override
    public void close() {
        if (everyThread) {
            ofThisWorker = null;
        } else {
            OF_THREAD.remove();
        }
    }

    @Override
    public void progress(double fraction, String text) {
        progress.tell(fraction, RemoteContext.shortened(text));
    }

    @Override
    public boolean isStopping() {
        return stopping.getAsBoolean();
    }

    @Override
    public String workerName() {
        return worker;
    }

    @Override
    public int attempt() {
        return attempt;
    }

    @Override
    public Submitter pool() {
        throw refused("pool");
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // what is offered says what comes
    public <R extends @Nullable Object> R call(String name, @Nullable Object argument, long nanos) {
        throw refused("call");
    }

    private IllegalStateException refused(String asked) {
        return new IllegalStateException("Worker." + asked + " has no way to the program from worker " + worker
                + ", which is on another machine: let the task return what is to be done next");
    }
}
