package dev.pando.internal.process.memory;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.internal.codec.message.MemoryHandle;
import dev.pando.internal.codec.message.SharedMemory;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * What one task takes along: it keeps the memory until a worker has answered the task. One that is cancelled in the
 * line, or whose workers all died, is not answered: then when nothing refers to the task any more.
 */
final class TaskAttachments implements SharedMemory.MessageAttachments {
    private static final Cleaner CLEANER = Cleaner.create();

    private final Lender lender;
    private final Pins pins;

    /** What was replaced, since a message may be written twice. Used by the thread that writes, and then dropped. */
    private final IdentityHashMap<Object, MemoryHandle> handles = new IdentityHashMap<>();

    private final List<SharedRegion> spans = new ArrayList<>();

    /** What is kept, apart from the attachments, which may be garbage. */
    private static final class Pins implements Runnable {
        private final Lender lender;

        @GuardedBy("this")
        private final List<Loan> copies = new ArrayList<>();

        @GuardedBy("this")
        private final List<Loan> shared = new ArrayList<>();

        Pins(Lender lender) {
            this.lender = lender;
        }

        @Override
        public void run() {
            List<Loan> kept;
            synchronized (this) {
                kept = new ArrayList<>(copies);
                kept.addAll(shared);
                copies.clear();
                shared.clear();
            }
            for (Loan loan : kept) {
                lender.release(loan);
            }
        }
    }

    TaskAttachments(Lender lender) {
        this.lender = lender;
        pins = new Pins(lender);
        CLEANER.register(this, pins);
    }

    @Override
    public Object replace(Object object) throws IOException {
        MemoryHandle known = handles.get(object);
        if (known != null) {
            return known;
        }
        Object replaced = object instanceof SharedRegion region ? shared(region) : copied(object);
        if (replaced instanceof MemoryHandle handle) {
            handles.put(object, handle);
        }
        return replaced;
    }

    private MemoryHandle shared(SharedRegion region) throws IOException {
        if (region.mapping.owner != lender) {
            throw new InvalidObjectException(
                    "this shared array belongs to the program that started this worker: copy it to send it to a pool"
                            + " of your own");
        }
        MemoryHandle handle = region.handle();
        Loan loan = lender.loan(handle.loan());
        if (loan == null || !lender.retain(loan)) {
            throw new IllegalStateException("this shared array was closed");
        }
        synchronized (pins) {
            pins.shared.add(loan);
        }
        spans.add(region);
        return handle;
    }

    /** Returns the array itself if there is no memory for it: then its elements are in the message. */
    private Object copied(Object array) {
        MemorySegment content = ArrayContent.of(array);
        Loan loan;
        try {
            loan = lender.lendCopy(content.byteSize());
        } catch (IOException noRoom) {
            return array;
        }
        synchronized (pins) {
            pins.copies.add(loan);
        }
        return loan.slab.copyIn(content) ? loan.handle().copied(ArrayContent.type(array)) : array;
    }

    /** Notes that this worker is the next to be sent the attachments. */
    void noteSentTo(Account account) {
        synchronized (pins) {
            for (Loan loan : pins.copies) {
                lender.addViewer(loan, account);
            }
            for (Loan loan : pins.shared) {
                lender.addHolder(loan, account);
            }
        }
    }

    @Override
    public void complete() {
        handles.clear();
        for (SharedRegion region : spans) {
            region.closeIfHandedOver();
        }
        spans.clear();
    }

    @Override
    public void letGo() {
        pins.run();
    }
}
