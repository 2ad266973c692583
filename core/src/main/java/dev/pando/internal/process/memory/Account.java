package dev.pando.internal.process.memory;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.internal.codec.message.MemoryHandle;
import dev.pando.internal.codec.message.SharedMemory;
import dev.pando.internal.process.wire.BadFrameException;
import dev.pando.internal.process.wire.MemoryMessage;
import dev.pando.internal.process.wire.Message;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one worker has of the parent's memory. Nothing that it says is believed but which of its own loans it means:
 * where memory is and how large, the parent knows better. Used by the thread that serves the worker, but where it says
 * otherwise.
 */
public final class Account {
    /**
     * How many arrays a worker may have asked for and not yet given to us: the books of more would fill a small heap,
     * and the worker itself can map only twice as many.
     */
    static final int MOST_LOANS = 1 << 15;

    private final Lender lender;
    private final Consumer<Message.ToWorker> post;

    /** What the worker may have asked for and not yet given to us, in bytes. */
    private final long most;

    /** How many drops the worker has not said yet: one for each loan that it asked for, one for each told forget. */
    private final AtomicLong mayDrop = new AtomicLong();

    /** What the worker has of the descriptors. */
    final DescriptorShare descriptors = new DescriptorShare();

    /** Of the small arrays that the worker makes: no array of another maker lies in a slab of these. */
    final SlotShelf shelf;

    /** What the tasks of the worker have asked for, and the parent has not. */
    @GuardedBy("Lender.LOCK")
    final Set<Loan> asked = new HashSet<>();

    /** What its initializer has asked for, and the parent has not. Kept as long as the worker. */
    @GuardedBy("Lender.LOCK")
    final Set<Loan> lasting = new HashSet<>();

    /** The capacity of both. */
    @GuardedBy("Lender.LOCK")
    long askedBytes;

    /** Whether the worker is dead, and gets nothing any more. */
    @GuardedBy("Lender.LOCK")
    boolean gone;

    public Account(Lender lender, long most, Consumer<Message.ToWorker> post) {
        this.lender = lender;
        this.most = most;
        this.post = post;
        this.shelf = lender.slabs.shelf(descriptors);
    }

    /** The worker is ready: its initializer made what it has now. */
    public void keepInitializerLoans() {
        synchronized (Lender.LOCK) {
            lasting.addAll(asked);
            asked.clear();
        }
    }

    /** Grants the worker the memory that it asks for, or says why not. */
    public void answerAsk(MemoryMessage.Ask ask) throws BadFrameException {
        if (ask.bytes() < 0) {
            throw new BadFrameException("that it needs memory of " + ask.bytes() + " bytes");
        }
        long had;
        int loans;
        synchronized (Lender.LOCK) {
            had = askedBytes;
            loans = asked.size() + lasting.size();
        }
        MemoryMessage.Grant grant;
        try {
            if (ask.bytes() > most - had) {
                throw new IOException("a worker may have made at most " + (most >> 20)
                        + " MiB of shared memory that it has not returned, and has " + (had >> 20)
                        + " MiB already: close what is not needed, or give this program a larger heap (-Xmx),"
                        + " by which that is measured");
            }
            if (loans >= MOST_LOANS) {
                throw new IOException("a worker may have made at most " + MOST_LOANS + " shared arrays that it has not"
                        + " returned, and has as many already: make few large arrays and slices of them, or return"
                        + " some from several tasks");
            }
            MemoryHandle handle = lender.lend(ask.bytes(), ask.use(), this).handle();
            mayDrop.incrementAndGet();
            grant = new MemoryMessage.Grant(
                    ask.question(),
                    handle.loan(),
                    handle.slab(),
                    handle.start(),
                    handle.capacity(),
                    handle.where(),
                    handle.name());
        } catch (IOException e) {
            grant = new MemoryMessage.Grant(ask.question(), 0, 0, 0, 0, String.valueOf(e.getMessage()), "");
        }
        post.accept(grant);
    }

    private List<Loan> asked() {
        synchronized (Lender.LOCK) {
            return List.copyOf(asked);
        }
    }

    /** The worker has dropped a loan, having been told to or not. A number that names no loan may be a slab's. */
    public void returnLoan(long number) throws BadFrameException {
        if (mayDrop.decrementAndGet() < 0) {
            throw BadFrameException.tooMany("that it drops shared memory that it does not have");
        }
        Loan loan = lender.loan(number);
        if (loan != null) {
            lender.removeHolder(loan, this);
        }
    }

    /** Notes that the attachments of a task will be sent to the worker. Any thread. */
    public void noteSent(SharedMemory.@Nullable MessageAttachments attachments) {
        if (attachments instanceof TaskAttachments mine) {
            mine.noteSentTo(this);
        }
    }

    /**
     * The worker has answered a task, and its answer was taken: nothing needs any more what the task took along, or
     * made and did not return.
     */
    public void releaseAfterAnswer(SharedMemory.@Nullable MessageAttachments attachments) {
        for (Loan loan : asked()) {
            boolean tell;
            synchronized (Lender.LOCK) {
                tell = loan.mine == 0 && lender.takeUntold(loan).contains(this);
            }
            if (tell) {
                tellToForget(loan.number);
            }
        }
        if (attachments != null) {
            attachments.letGo();
        }
    }

    /** Takes back all that the worker had, which is dead. Any thread. */
    public void returnAll() {
        lender.removeWorker(this);
    }

    /** Tells the worker to drop a loan or slab. Any thread. */
    void tellToForget(long number) {
        mayDrop.incrementAndGet();
        post.accept(new MemoryMessage.Forget(number));
    }

    /** Returns what the handle that the worker sent stands for. */
    public Object resolve(MemoryHandle handle) throws IOException {
        Loan loan = lender.loan(handle.loan());
        synchronized (Lender.LOCK) {
            boolean its = loan != null && loan.workers.contains(this) && !loan.told.contains(this);
            if (loan == null || !its) {
                throw new IOException("it names shared memory that it does not have");
            }
            loan.mine++;
        }
        try {
            return handle.copy() == 0 ? shared(loan, handle) : copied(loan, handle);
        } finally {
            lender.release(loan);
        }
    }

    private SharedRegion shared(Loan loan, MemoryHandle handle) throws IOException {
        if (handle.offset() < 0 || handle.bytes() < 0 || handle.bytes() > loan.bytes - handle.offset()) {
            throw new IOException("it names more shared memory than it was given");
        }
        if (!loan.slab.isWhole()) {
            throw new IOException("it has cut off shared memory");
        }
        MemoryMapping mapping = lender.retainMapping(loan);
        synchronized (Lender.LOCK) {
            loan.askedBy(null);
        }
        return new SharedRegion(mapping, handle.offset(), handle.bytes(), handle.readOnly());
    }

    /** An array is copied once, or else a small message could fill the heap with copies. */
    private Object copied(Loan loan, MemoryHandle handle) throws IOException {
        synchronized (Lender.LOCK) {
            if (loan.asker != this) {
                throw new IOException("it names an array twice");
            }
            loan.askedBy(null);
        }
        try {
            if (!loan.slab.isWhole()) {
                throw new IOException("it has cut off shared memory");
            }
            MemorySegment memory = loan.slot.segment().asSlice(0, loan.bytes);
            Object array = ArrayContent.copy(memory, handle.copy());
            if (!loan.slab.isWhole()) {
                throw new IOException("it has cut off shared memory");
            }
            return array;
        } catch (InternalError | IllegalArgumentException | IllegalStateException e) {
            throw new IOException("it names shared memory that is no array", e);
        } finally {
            lender.removeHolder(loan, this);
        }
    }
}
