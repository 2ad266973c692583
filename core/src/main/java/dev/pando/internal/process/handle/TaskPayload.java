package dev.pando.internal.process.handle;

import dev.pando.internal.codec.message.PackedWork;
import dev.pando.internal.codec.message.SharedMemory;
import dev.pando.internal.codec.policy.ResultPolicy;
import dev.pando.spi.Prefetched;
import dev.pando.spi.SteppedTask;
import dev.pando.spi.SubmissionSite;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task as it travels: its bytes, what its result may consist of, and the stack of the submitting thread; and, while
 * it lies at a worker that has not begun it, where.
 */
public final class TaskPayload implements SubmissionSite, Prefetched {
    final PackedWork packed;
    final ResultPolicy policy;
    private final @Nullable SteppedTask<?> question;
    private final Throwable site;

    /** Written before the task is submitted. */
    private boolean isRelayed;

    /** How often a worker died before it had read the task. Written by the thread that holds the job. */
    int givenBack;

    /** The worker at which the task lies, or lay last. Written before its job goes ahead, which publishes it. */
    private @Nullable WorkerHandle worker;

    private @Nullable Assignment assignment;

    /** @param site was made by the submitting thread; tasks of the same stack may share it */
    public TaskPayload(PackedWork packed, ResultPolicy policy, Object work, Throwable site) {
        this.packed = packed;
        this.policy = policy;
        this.question = work instanceof SteppedTask<?> steps ? steps : null;
        this.site = site;
    }

    /**
     * Returns a sub-task as a worker has packed it: this program opens neither the task nor its result. Its code may
     * come from where that of the task that submitted it came from.
     */
    static TaskPayload relayed(byte[] work, TaskPayload asking) {
        PackedWork packed = new PackedWork(work, asking.packed.origin(), asking.packed.loaders(), null, null);
        TaskPayload made = new TaskPayload(packed, asking.policy, work, asking.site);
        made.isRelayed = true;
        return made;
    }

    /** Returns whether the result is passed on to another worker, unopened. */
    boolean isRelayed() {
        return isRelayed;
    }

    /** Says why this is no answer to the task; null if it is one. */
    @Nullable
    String faultOf(@Nullable Object answer) {
        return question == null ? null : question.faultOf(answer);
    }

    /** Returns what the task took along in shared memory, or null. */
    SharedMemory.@Nullable MessageAttachments attachments() {
        return packed.shared();
    }

    /** Notes the worker to which the task is sent ahead of its turn. */
    void placeAt(WorkerHandle worker, Assignment assignment) {
        this.worker = worker;
        this.assignment = assignment;
    }

    @Override
    public void look() {
        if (worker != null && assignment != null) {
            worker.inFlight.look(assignment);
        }
    }

    @Override
    public boolean takeBack() {
        return worker != null && assignment != null && worker.takeBack(assignment);
    }

    @Override
    public List<StackTraceElement> handedIn() {
        StackTraceElement[] frames = site.getStackTrace();
        int ours = 0;
        while (ours < frames.length && frames[ours].getClassName().startsWith("dev.pando.")) {
            ours++;
        }
        return List.of(frames).subList(ours == frames.length ? 0 : ours, frames.length);
    }
}
