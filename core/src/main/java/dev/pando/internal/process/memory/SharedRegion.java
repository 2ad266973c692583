package dev.pando.internal.process.memory;

import dev.pando.internal.codec.message.MemoryHandle;
import dev.pando.internal.codec.message.Shareable;
import dev.pando.internal.process.os.OperatingSystem;
import dev.pando.internal.process.os.SharedFile;
import java.io.InvalidObjectException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A part of shared memory, as one array has it. It keeps the memory; a user of a part takes another region. Any
 * thread may use it. That it was closed by another thread may be seen late, and then as an exception of the memory's
 * own.
 */
public final class SharedRegion implements Shareable, Serializable {
    private static final long serialVersionUID = 1L;

    final transient MemoryMapping mapping;
    private final transient long offset;
    private final transient long bytes;
    private final transient boolean readOnly;
    private final transient boolean once;
    private final transient Share share;

    /** {@code null} once the region is closed. A plain field, for the loops that read it. */
    private transient @Nullable MemorySegment segment;

    /** Why the region is closed. Written before the segment is dropped. */
    private transient String closedBecause = "";

    /** A span of the mapping, released once: by {@code close}, or when the region has become garbage. */
    private static final class Share extends AtomicBoolean implements Runnable {
        private static final long serialVersionUID = 1L;
        private final transient MemoryMapping mapping;

        Share(MemoryMapping mapping) {
            this.mapping = mapping;
        }

        @Override
        public void run() {
            if (compareAndSet(false, true)) {
                mapping.release();
            }
        }
    }

    /** Holds the cleaner, whose thread starts with the first array. */
    private static final class Forgotten {
        static final Cleaner CLEANER = Cleaner.create();
    }

    /** The mapping was retained for this region already. */
    SharedRegion(MemoryMapping mapping, long offset, long bytes, boolean readOnly) {
        this(mapping, offset, bytes, readOnly, false);
    }

    private SharedRegion(MemoryMapping mapping, long offset, long bytes, boolean readOnly, boolean once) {
        this.mapping = mapping;
        this.offset = offset;
        this.bytes = bytes;
        this.readOnly = readOnly;
        this.once = once;
        share = new Share(mapping);
        MemorySegment part = mapping.segment.asSlice(offset, bytes);
        segment = readOnly ? part.asReadOnly() : part;
        if (mapping.owner.closesGarbage()) {
            Forgotten.CLEANER.register(this, share);
        }
    }

    public long bytes() {
        return bytes;
    }

    public boolean isReadOnly() {
        return readOnly;
    }

    /** The memory itself, for plain reads, writes and copies. It ends when the last span does. */
    public MemorySegment segment() {
        MemorySegment here = segment;
        if (here == null) {
            throw new IllegalStateException(closedBecause);
        }
        return here;
    }

    /**
     * Returns the memory itself for any code to work on, which needs memory that no worker can cut off: native code and
     * atomic instructions end the JVM when they fault.
     */
    public MemorySegment rawSegment() {
        MemorySegment here = segment();
        if (!SharedFile.isSealed(mapping.whole.name())) {
            throw new UnsupportedOperationException(
                    "segment() is refused, since a worker could cut this memory off and so end the program that works"
                            + " on it: " + OperatingSystem.here().whyUnsealed()
                            + ". get, set, slice, toArray and copyFrom work as they are");
        }
        return here;
    }

    /** A span of its own, to be closed on its own. */
    public SharedRegion part(long from, long length, boolean look) {
        segment();
        return new SharedRegion(retained(), offset + from, length, readOnly || look);
    }

    /** Returns the same region for another owner. This one is closed now, and that one once it is sent. */
    public SharedRegion handOver() {
        segment();
        SharedRegion next = new SharedRegion(retained(), offset, bytes, readOnly, true);
        end("this shared array was handed over: use the array that handOver() returned, or what its receiver gives"
                + " back");
        return next;
    }

    private MemoryMapping retained() {
        if (!mapping.retain()) {
            throw new IllegalStateException("this shared array was closed");
        }
        return mapping;
    }

    /** Harmless if done twice. */
    public void close() {
        end("this shared array was closed");
    }

    private void end(String why) {
        if (segment == null) {
            return;
        }
        closedBecause = why;
        segment = null;
        share.run();
    }

    /** Returns what a message says in place of the region. */
    MemoryHandle handle() {
        segment();
        return mapping.whole.part(offset, bytes, readOnly);
    }

    /** Called when the message with the handle is complete. */
    void closeIfHandedOver() {
        if (once) {
            end("this shared array was handed over, and has been sent: it is its receiver's now");
        }
    }

    private void writeObject(ObjectOutputStream out) throws InvalidObjectException {
        throw new InvalidObjectException(
                "a shared array can be sent to worker processes and back, and nowhere else: copy it with toArray()");
    }
}
