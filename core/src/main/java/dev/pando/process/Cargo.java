package dev.pando.process;

import dev.pando.codec.Customs;
import dev.pando.codec.Packed;
import dev.pando.codec.Shared;
import dev.pando.spi.Traced;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A task as it travels: its bytes, what its result may consist of, and the stack of whoever handed it in. */
final class Cargo implements Traced {
    final Packed packed;
    final Customs customs;
    private final Throwable site;

    /** How often a worker died before it had heard of it. Written by whoever holds the job. */
    int givenBack;

    Cargo(Packed packed, Customs customs) {
        this.packed = packed;
        this.customs = customs;
        this.site = new Throwable();
    }

    /** What it took along in shared memory, if anything. */
    Shared.@Nullable Leaving parcel() {
        return packed.shared();
    }

    @Override
    public List<StackTraceElement> handedIn() {
        StackTraceElement[] frames = site.getStackTrace();
        int ours = 0;
        while (ours < frames.length && frames[ours].getClassName().startsWith("dev.pando.")) ours++;
        return List.of(frames).subList(ours == frames.length ? 0 : ours, frames.length);
    }
}
