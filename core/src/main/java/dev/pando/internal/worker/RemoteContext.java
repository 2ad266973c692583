package dev.pando.internal.worker;

import dev.pando.Submitter;
import dev.pando.internal.process.wire.ParentTalk;
import dev.pando.internal.shared.SharedOperation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a task in a worker process asks. One for each worker; any thread of it. */
public final class RemoteContext implements TaskContext {
    /** The longest text that travels. */
    private static final int MOST_TEXT = 1000;

    private static volatile @Nullable RemoteContext ofThisWorker;

    private final ParentRequests parent;
    private final ProgressTeller progress = new ProgressTeller(this::sendProgress);
    private final SubtaskDesk subtasks;

    private RemoteContext(ParentTalk talk) {
        this.parent = new ParentRequests(talk);
        this.subtasks = new SubtaskDesk(parent);
    }

    /** Returns the one of this worker. */
    public static RemoteContext of(ParentTalk parent) {
        RemoteContext there = ofThisWorker;
        if (there == null) {
            synchronized (RemoteContext.class) {
                there = ofThisWorker;
                if (there == null) {
                    there = new RemoteContext(parent);
                    parent.whenRunEnds(there.progress::flush);
                    ofThisWorker = there;
                }
            }
        }
        return there;
    }

    @Override
    public void progress(double fraction, String text) {
        progress.tell(new ProgressTeller.Note(parent.run(), fraction, shortened(text)));
    }

    static String shortened(String text) {
        return text.length() > MOST_TEXT ? text.substring(0, MOST_TEXT) : text;
    }

    private void sendProgress(ProgressTeller.Note note) {
        boolean interrupted = Thread.interrupted(); // it is the task's, which goes on
        parent.calls()
                .ask(
                        note.run(),
                        SharedOperation.PROGRESS,
                        0,
                        Double.doubleToRawLongBits(note.fraction()),
                        0,
                        List.of(note.text().getBytes(StandardCharsets.UTF_8)));
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isStopping() {
        return parent.talk().isStopping();
    }

    @Override
    public String workerName() {
        return parent.talk().worker();
    }

    @Override
    public int attempt() {
        return (int) ParentRequests.done(parent.ask(SharedOperation.ATTEMPT, 0, 0, List.of()))
                .amount();
    }

    @Override
    public Submitter pool() {
        return new RemoteSubmitter(subtasks, SubtaskOptions.PLAIN);
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"}) // the caller says what comes
    public <R extends @Nullable Object> R call(String name, @Nullable Object argument, long nanos)
            throws InterruptedException {
        OfferedQuestion asked = new OfferedQuestion(name, parent);
        return (R) asked.result(end(name, asked.packed(argument), nanos));
    }

    /** Sends a call and waits for its end. A caller that was interrupted meanwhile is still. */
    CallEnd end(String name, byte[] packed, long nanos) {
        return CallEnd.of(
                parent.ask(SharedOperation.CALL, nanos, 0, List.of(name.getBytes(StandardCharsets.UTF_8), packed)));
    }
}
