package dev.pando.shipping;

import dev.pando.internal.codec.message.PackedWork;
import dev.pando.internal.codec.policy.ResultPolicy;
import dev.pando.spi.SteppedTask;
import dev.pando.spi.SubmissionSite;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task as it travels: its bytes, what its result may consist of, and the stack of the submitting thread. Keeps the
 * task's class loaders, which will be asked for classes while the task runs. Immutable.
 */
public final class ShippedWork implements SubmissionSite {
    final ResultPolicy policy;
    private final PackedWork packed;
    private final @Nullable SteppedTask<?> question;
    private final Throwable site = new Throwable();

    ShippedWork(PackedWork packed, ResultPolicy policy, Object work) {
        this.packed = packed;
        this.policy = policy;
        this.question = work instanceof SteppedTask<?> steps ? steps : null;
    }

    /** Returns what travels. Not a copy. */
    public byte[] bytes() {
        return packed.bytes();
    }

    /** Returns the loaders of the task's classes, without that of the class path. */
    public Collection<ClassLoader> loaders() {
        return packed.loaders();
    }

    /** Returns why this is no answer to the task; null if it is one. */
    public @Nullable String faultOf(@Nullable Object answer) {
        return question == null ? null : question.faultOf(answer);
    }

    @Override
    public List<StackTraceElement> handedIn() {
        List<StackTraceElement> frames = List.of(site.getStackTrace());
        int ours = 0;
        while (ours < frames.size() && frames.get(ours).getClassName().startsWith("dev.pando.")) {
            ours++;
        }
        return frames.subList(ours == frames.size() ? 0 : ours, frames.size());
    }
}
