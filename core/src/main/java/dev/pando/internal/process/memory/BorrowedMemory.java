package dev.pando.internal.process.memory;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.internal.codec.message.MemoryHandle;
import dev.pando.internal.codec.message.SharedMemory;
import dev.pando.internal.process.os.SharedFile;
import dev.pando.internal.process.wire.MemoryMessage;
import dev.pando.internal.process.wire.MemoryUse;
import dev.pando.internal.process.wire.MessageLimits;
import dev.pando.internal.process.wire.ParentTalk;
import dev.pando.internal.util.Uninterruptibly;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a worker has mapped: of each loan that its tasks see one hold, until the parent says that it is over; of each
 * slab that plain arrays come and go in one mapping, which no task sees. Any thread; the lock is not held while the
 * parent is asked or memory is copied.
 */
final class BorrowedMemory implements MemoryMapping.Owner {
    private final ParentTalk parent;
    private final IntSupplier task;

    @GuardedBy("this")
    final HeldMappings holds;

    @GuardedBy("this")
    private final Map<Long, Mapped> slabs = new HashMap<>();

    @GuardedBy("this")
    private final Map<Integer, Question> open = new HashMap<>();

    @GuardedBy("this")
    private int questions;

    private record Mapped(MemorySegment segment, Arena arena) {}

    /** A thread waits for this; the answer is written once, under the lock of the question. */
    private static final class Question implements BooleanSupplier {
        private MemoryMessage.@Nullable Grant answer;

        @Override
        public synchronized boolean getAsBoolean() {
            return answer != null;
        }

        synchronized void answer(MemoryMessage.Grant grant) {
            answer = grant;
            notifyAll();
        }

        synchronized MemoryMessage.Grant await() {
            Uninterruptibly.await(
                    () -> { // the memory is ours already: the task sees the interrupt later
                        while (answer == null) {
                            wait();
                        }
                    });
            return Objects.requireNonNull(answer);
        }
    }

    /**
     * @param task tells the number of the task that runs now; 0 is the initializer
     * @param mappings how many mappings the system lets this process have
     */
    BorrowedMemory(ParentTalk parent, IntSupplier task, long mappings) {
        this.parent = parent;
        this.task = task;
        holds = new HeldMappings(mappings);
    }

    void receive(MemoryMessage.AboutMemory message) {
        if (message instanceof MemoryMessage.Forget forget) {
            forget(forget.number());
        }
        if (!(message instanceof MemoryMessage.Grant grant)) {
            return;
        }
        Question question;
        synchronized (this) {
            question = open.remove(grant.question());
            notifyAll();
        }
        if (question != null) {
            question.answer(grant);
        }
    }

    synchronized boolean awaitsAnswer() {
        return !open.isEmpty();
    }

    private void forget(long number) {
        MemoryMapping mapping;
        Mapped slab;
        synchronized (this) {
            mapping = holds.remove(number);
            slab = slabs.remove(number);
        }
        if (slab != null) {
            slab.arena.close();
        }
        // or else it is kept until this worker ends
        if (mapping == null || mapping.end()) {
            parent.say(new MemoryMessage.Dropped(number));
        }
    }

    /** The parent answers no more questions than so many at once. */
    private synchronized void awaitTurn() throws InterruptedException {
        while (open.size() >= MessageLimits.OPEN_QUESTIONS) {
            wait();
        }
    }

    private MemoryHandle ask(long bytes, MemoryUse use) throws IOException {
        Question question = new Question();
        int number;
        synchronized (this) {
            Uninterruptibly.await(this::awaitTurn);
            number = ++questions;
            open.put(number, question);
        }
        parent.say(new MemoryMessage.Ask(number, bytes, use));
        parent.awaitSoon(question);
        MemoryMessage.Grant grant = question.await();
        if (grant.loan() == 0) {
            throw new IOException(grant.where());
        }
        return handle(grant, bytes);
    }

    private static MemoryHandle handle(MemoryMessage.Grant grant, long bytes) {
        return new MemoryHandle(
                grant.loan(),
                grant.slab(),
                grant.where(),
                grant.name(),
                grant.start(),
                grant.capacity(),
                0,
                bytes,
                (char) 0,
                false);
    }

    SharedRegion take(long bytes, boolean zeros) throws IOException {
        MemoryHandle handle = ask(bytes, zeros ? MemoryUse.ZERO_ARRAY : MemoryUse.FILLED_ARRAY);
        try {
            return new SharedRegion(opened(handle), 0, bytes, false);
        } catch (Throwable t) {
            parent.say(new MemoryMessage.Dropped(handle.loan()));
            throw t;
        }
    }

    private MemoryMapping opened(MemoryHandle handle) throws IOException {
        int now = task.getAsInt();
        synchronized (this) {
            holds.makeRoom(now);
        }
        try (FileChannel file = SharedFile.open(handle.where(), handle.name(), false)) {
            MemoryMapping mapping = new MemoryMapping(handle, this, file);
            synchronized (this) {
                holds.add(mapping, now);
            }
            return mapping;
        }
    }

    /** Maps what the parent shows for longer than a task, until it says that it is over. */
    ByteBuffer shown(MemoryMessage.Grant grant) throws IOException {
        return opened(handle(grant, grant.capacity())).segment.asByteBuffer();
    }

    @Override
    public boolean closesGarbage() {
        return false; // the parent does
    }

    /**
     * What the parent has sent, or was sent, it will say when it is over; of all else it knows no more than that we
     * have it.
     */
    @Override
    public void closeUnused(MemoryMapping mapping) {
        if (mapping.wasSent() || !mapping.endIfUnused()) {
            return;
        }
        synchronized (this) {
            holds.remove(mapping.whole.loan());
        }
        if (mapping.close()) {
            parent.say(new MemoryMessage.Dropped(mapping.whole.loan()));
        }
    }

    Object arriving(MemoryHandle handle) throws IOException {
        if (handle.copy() != 0) {
            return ArrayContent.copy(slab(handle).asSlice(handle.offset(), handle.bytes()), handle.copy());
        }
        MemoryMapping mapping;
        synchronized (this) {
            mapping = holds.retain(handle.loan(), task.getAsInt());
        }
        if (mapping == null) {
            mapping = opened(handle.part(0, handle.capacity(), false));
            mapping.markSent();
        }
        return new SharedRegion(mapping, handle.offset(), handle.bytes(), handle.readOnly());
    }

    /** Returns the mapping of a slab for plain arrays. */
    private MemorySegment slab(MemoryHandle handle) throws IOException {
        synchronized (this) {
            Mapped there = slabs.get(handle.slab());
            if (there != null) {
                return there.segment;
            }
            try (FileChannel file = SharedFile.open(handle.where(), handle.name(), false)) {
                Arena arena = Arena.ofShared();
                MemorySegment segment = file.map(MapMode.READ_WRITE, 0, handle.capacity(), arena);
                slabs.put(handle.slab(), new Mapped(segment, arena));
                return segment;
            }
        }
    }

    SharedMemory.MessageAttachments leaving() {
        return new Result();
    }

    /** What one result takes along. The parent knows what became of it: there is nothing to let go. */
    private final class Result implements SharedMemory.MessageAttachments {
        private final IdentityHashMap<Object, Object> replaced = new IdentityHashMap<>();

        @Override
        public Object replace(Object object) throws IOException {
            Object known = replaced.get(object);
            if (known != null) {
                return known;
            }
            Object now = object instanceof SharedRegion region ? shared(region) : copied(object);
            replaced.put(object, now);
            return now;
        }

        private MemoryHandle shared(SharedRegion region) throws IOException {
            if (region.mapping.owner != BorrowedMemory.this) {
                throw new InvalidObjectException(
                        "this shared array belongs to a pool that this task has opened itself: copy it to return it");
            }
            MemoryHandle handle = region.handle();
            region.mapping.markSent();
            return handle;
        }

        /** Returns the array itself if there is no room: then its elements are in the message. */
        private Object copied(Object array) {
            MemorySegment content = ArrayContent.of(array);
            try {
                MemoryHandle handle = ask(content.byteSize(), MemoryUse.COPY);
                MemorySegment.copy(content, 0, slab(handle), 0, content.byteSize());
                return handle.copied(ArrayContent.type(array));
            } catch (IOException noRoom) {
                return array;
            }
        }

        @Override
        public void complete() {
            for (Object object : replaced.keySet()) {
                if (object instanceof SharedRegion region) {
                    region.closeIfHandedOver();
                }
            }
        }

        @Override
        public void letGo() {}
    }
}
