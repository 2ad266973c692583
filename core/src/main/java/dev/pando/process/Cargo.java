package dev.pando.process;

import dev.pando.codec.Customs;
import dev.pando.codec.Packed;
import dev.pando.codec.Shared;
import dev.pando.spi.Ahead;
import dev.pando.spi.Traced;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task as it travels: its bytes, what its result may consist of, and the stack of whoever handed it in; and, while it lies at
 * a worker that has not begun it, where.
 */
final class Cargo implements Traced, Ahead {
    final Packed packed;
    final Customs customs;
    private final Throwable site;

    /** How often a worker died before it had heard of it. Written by whoever holds the job. */
    int givenBack;

    /** Where it lies, or lay last. Written before its job goes ahead, which publishes it. */
    private @Nullable Hand at;

    private @Nullable Assignment as;

    Cargo(Packed packed, Customs customs) {
        this.packed = packed;
        this.customs = customs;
        this.site = new Throwable();
    }

    /** What it took along in shared memory, if anything. */
    Shared.@Nullable Leaving parcel() {
        return packed.shared();
    }

    /** It will be sent there ahead of its turn. */
    void lies(Hand at, Assignment as) {
        this.at = at;
        this.as = as;
    }

    @Override
    public void look() {
        if (at != null && as != null) at.tray.look(as);
    }

    @Override
    public boolean takeBack() {
        return at != null && as != null && at.takeBack(as);
    }

    @Override
    public List<StackTraceElement> handedIn() {
        StackTraceElement[] frames = site.getStackTrace();
        int ours = 0;
        while (ours < frames.length && frames[ours].getClassName().startsWith("dev.pando.")) ours++;
        return List.of(frames).subList(ours == frames.length ? 0 : ours, frames.length);
    }
}
