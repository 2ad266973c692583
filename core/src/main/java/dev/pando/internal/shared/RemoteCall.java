package dev.pando.internal.shared;

import dev.pando.internal.process.wire.BadFrameException;
import dev.pando.internal.process.wire.CallMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A call of a worker, which is replied to. Bytes from a worker stay bytes here. */
public final class RemoteCall extends SharedCall {
    /** The amount of a reply of a queue whose first item is no item, but shows the worker a ring. */
    static final int SHOWN = 1;

    private final Consumer<RemoteCall> reply;
    private final int question;

    /** What a withdrawal does to a call of the pool. Written by the thread that handles the call. */
    public volatile @Nullable Runnable whenWithdrawn;

    private final AtomicBoolean finished = new AtomicBoolean();

    /** What the worker may be shown with the reply: the memory of what it calls, which writes this. */
    @Nullable
    WordMemory memory;

    /** @param reply called once when the call has ended, by any thread */
    public RemoteCall(
            Consumer<RemoteCall> reply,
            int question,
            CallOwner owner,
            SharedOperation operation,
            CallPatience patience,
            long amount,
            long other,
            List<?> items) {
        super(owner, operation, patience, amount, other, items);
        this.reply = reply;
        this.question = question;
    }

    public boolean isDone() {
        return status() == CallStatus.DONE;
    }

    public int question() {
        return question;
    }

    /**
     * Makes the call at the construct of this number and tag, in the table of the worker's pool.
     *
     * @param table {@code null} if the pool has no constructs: then the handle is another pool's, or that one is gone
     * @param pool the worker's
     * @param isOfTask whether the task that calls is still there
     * @throws BadFrameException there never was such a construct, or it cannot be asked this: no worker says so that
     *     works as it should
     */
    public void submit(@Nullable SharedTable table, String pool, long number, long tag, boolean isOfTask)
            throws BadFrameException {
        ConstructState state = SharedLinks.find(number, tag);
        if (state == null && tag != SharedLinks.tagOf(number)) {
            throw new BadFrameException("a handle that it was not given");
        }
        if (state != null && !state.takes(operation, items.size())) {
            throw new BadFrameException("a call that its construct does not know: " + operation);
        }
        if (!isOfTask) {
            refuse(CallStatus.REFUSED, "the task of this thread has ended");
        } else if (state != null && state.table() != table) {
            refuse(
                    CallStatus.CLOSED,
                    "it belongs to pool " + state.table().pool() + ", and this task runs in pool " + pool);
        } else if (table == null) {
            refuse(CallStatus.CLOSED, "it was closed");
        } else {
            table.submit(number, this);
        }
    }

    /** Ends a call of the pool, once: a later end is dropped. */
    public void finish(CallStatus how, long amount, List<PackedItem> items, String why) {
        if (finished.compareAndSet(false, true)) {
            end(how, amount, items, why);
            tell();
        }
    }

    private void refuse(CallStatus how, String why) {
        end(how, 0, List.of(), why);
        tell();
    }

    @Override
    protected void tell() {
        reply.accept(this);
    }

    /** Returns the memory of what is called. Returns {@code null} if there is none to be shown. */
    public @Nullable WordMemory memory() {
        return memory;
    }

    /**
     * Returns the reply to a call that was done, with what shows the worker the memory of what it called.
     *
     * @param shown a frame
     */
    public CallMessage.Reply message(int token, byte[] shown) {
        if (!operation.isOfRing()) {
            return new CallMessage.Reply(question, token, status().number(), answer(), shown);
        }
        List<byte[]> blocks = new ArrayList<>(2);
        blocks.add(shown);
        addItems(blocks);
        return new CallMessage.Reply(question, token, status().number(), SHOWN, ItemBlocks.write(blocks));
    }

    /** Returns the reply. */
    public CallMessage.Reply message(int token) {
        List<byte[]> items = new ArrayList<>(1);
        if (status() == CallStatus.DONE) {
            addItems(items);
        } else if (!text().isEmpty()) {
            items.add(text().getBytes(StandardCharsets.UTF_8));
        }
        return new CallMessage.Reply(question, token, status().number(), answer(), ItemBlocks.write(items));
    }

    private void addItems(List<byte[]> blocks) {
        for (Object item : answers()) {
            blocks.add(((PackedItem) item).bytes());
        }
    }
}
