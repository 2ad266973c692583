package dev.pando.internal.process.handle;

import dev.pando.spi.Host;
import dev.pando.spi.PrefetchingHost;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The stacks of the submitting threads, which a failure shows. A stack takes 700 bytes, twice as much as the rest of
 * a small task that waits. So when very many tasks wait, tasks with equal stacks share one. To find the equal stack
 * costs a submission about as much as the rest of its way, so that each task keeps its own while few wait.
 *
 * <p>Any submitting thread, without a lock.
 */
public final class SubmissionStacks {
    /** Tasks that wait from which on stacks are shared: as many as a queue holds that was not told how many. */
    private static final int MANY = 10_000;

    /** Submissions from one look at the queue to the next, since a look reads what workers' threads write. */
    private static final int BETWEEN_LOOKS = 256;

    /** Places for stacks, a power of two. A stack without its place takes that of the one before. */
    private static final int PLACES = 256;

    private final Host host;

    /** A submitting thread may overwrite what another one counts: the next look comes later then. */
    private int sinceLook;

    /** Null while few tasks wait. Written by the submitting thread that looks. */
    private volatile @Nullable AtomicReferenceArray<Throwable> shared;

    public SubmissionStacks(Host host) {
        this.host = host;
    }

    /** Returns the stack of the calling thread, which may be an older one that is equal. */
    public Throwable here() {
        if (++sinceLook >= BETWEEN_LOOKS) {
            look();
        }
        Throwable own = new Throwable();
        AtomicReferenceArray<Throwable> places = shared;
        return places == null ? own : equalTo(own, places);
    }

    private void look() {
        sinceLook = 0;
        boolean many = host instanceof PrefetchingHost prefetching && prefetching.inLine() > MANY;
        if (many != (shared != null)) {
            shared = many ? new AtomicReferenceArray<>(PLACES) : null;
        }
    }

    private static Throwable equalTo(Throwable own, AtomicReferenceArray<Throwable> places) {
        StackTraceElement[] frames = own.getStackTrace();
        int hash = Arrays.hashCode(frames);
        int place = (hash ^ (hash >>> 16)) & (PLACES - 1);
        Throwable known = places.get(place);
        if (known != null && Arrays.equals(known.getStackTrace(), frames)) {
            return known;
        }
        places.set(place, own);
        return own;
    }
}
