package dev.pando.internal.shared;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.NotSendableException;
import dev.pando.internal.process.wire.BadFrameException;
import dev.pando.internal.process.wire.CallMessage;
import dev.pando.internal.process.wire.MessageLimits;
import dev.pando.internal.process.wire.ParentTalk;
import dev.pando.internal.util.Uninterruptibly;
import dev.pando.spi.UnsendableException;
import dev.pando.spi.UnsendableException.Direction;
import dev.pando.spi.Waiter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Calls of a worker to constructs of its parent, and to the pool that runs its task. Any thread of the worker may call,
 * and waits for the answer, which the thread that reads the parent's messages brings. The parent counts no time: a
 * caller whose time is over, or that is interrupted, says so, and is answered all the same, so that it knows whether
 * the call was done before.
 */
public final class ParentCalls implements ParentTalk.ReplyHandler {
    private final ParentTalk parent;

    @GuardedBy("open")
    private final Map<Integer, OpenCall> open = new HashMap<>();

    @GuardedBy("open")
    private int questions;

    /** What came with the last reply: to send it back proves that the reply was read. */
    private volatile int lastToken;

    private record CalledWord(long number, long tag, SharedOperation operation, int run) {}

    /** A thread waits for the reply, or is told of it; the thread that reads writes it once. */
    private static final class OpenCall implements BooleanSupplier {
        final Waiter waiter = Waiter.current();
        final @Nullable Consumer<CallMessage.Reply> listener;

        /** What is called, if it may lie in memory; {@code null}: another construct, or the pool. */
        final @Nullable CalledWord word;

        volatile CallMessage.@Nullable Reply reply;

        OpenCall(@Nullable Consumer<CallMessage.Reply> listener, @Nullable CalledWord word) {
            this.listener = listener;
            this.word = word;
        }

        /** Whether the reply is there. */
        @Override
        public boolean getAsBoolean() {
            return reply != null;
        }
    }

    /** The counters, locks and queues that need no call any more, or seldom. */
    private final ShownPages pages;

    private ParentCalls(ParentTalk parent) {
        this.parent = parent;
        this.pages = new ShownPages(parent);
    }

    ShownPages pages() {
        return pages;
    }

    /** Returns the calls of this worker. */
    public static ParentCalls through(ParentTalk parent) {
        ParentTalk.ReplyHandler there = parent.replyHandler();
        if (there != null) {
            return (ParentCalls) there;
        }
        synchronized (parent) {
            there = parent.replyHandler();
            if (there == null) {
                ParentCalls made = new ParentCalls(parent);
                parent.handleReplies(made);
                return made;
            }
            return (ParentCalls) there;
        }
    }

    CallAnswer call(
            long number, long tag, SharedOperation operation, long nanos, long amount, long other, Object... items)
            throws InterruptedException {
        int run = parent.run();
        if (run <= 0) {
            throw new IllegalStateException("shared constructs are used by tasks, and this worker runs none now");
        }
        boolean mayMove = operation.isOfWord() || operation.isOfRing();
        OpenCall call = new OpenCall(null, mayMove ? new CalledWord(number, tag, operation, run) : null);
        int question = send(call, run, number, tag, operation, nanos, amount, other, pack(items));
        boolean interrupted = await(call, question, operation, nanos);
        CallAnswer answer = answer(replyTo(call), operation);
        if (interrupted) {
            if (answer.status() == CallStatus.UNDONE) {
                throw new InterruptedException();
            }
            Thread.currentThread().interrupt(); // it was done: the next wait sees the interrupt
        }
        return answer;
    }

    /**
     * Asks the pool that runs this task, and waits for the reply. A caller that is interrupted, or whose time is over,
     * has a reply that says so.
     */
    public CallMessage.Reply ask(
            int run, SharedOperation operation, long nanos, long amount, long other, List<byte[]> items) {
        OpenCall call = new OpenCall(null, null);
        int question = send(call, run, 0, 0, operation, nanos, amount, other, ItemBlocks.write(items));
        if (await(call, question, operation, nanos)) {
            Thread.currentThread().interrupt();
        }
        return replyTo(call);
    }

    /**
     * Asks the pool that runs this task, and does not wait: the thread that reads tells the listener of the reply,
     * which must hand it on. Returns the number for {@link #withdraw}.
     */
    public int start(
            int run,
            SharedOperation operation,
            long amount,
            long other,
            List<byte[]> items,
            Consumer<CallMessage.Reply> listener) {
        OpenCall call = new OpenCall(listener, null);
        int question = send(call, run, 0, 0, operation, Long.MAX_VALUE, amount, other, ItemBlocks.write(items));
        parent.hurry();
        return question;
    }

    /** The caller wants the answer to this question no more. The reply comes all the same. */
    public void withdraw(int question) {
        synchronized (open) {
            if (!open.containsKey(question)) {
                return; // or else the parent would count a withdrawal too many
            }
        }
        parent.say(new CallMessage.Withdraw(question));
        parent.hurry();
    }

    private int send(
            OpenCall call,
            int run,
            long number,
            long tag,
            SharedOperation operation,
            long nanos,
            long amount,
            long other,
            byte[] items) {
        int question = enter(call);
        parent.say(new CallMessage.Request(
                question,
                run,
                lastToken,
                Thread.currentThread().threadId(),
                number,
                tag,
                operation.number(),
                SharedLinks.patience(nanos).number(),
                amount,
                other,
                items));
        return question;
    }

    private static CallMessage.Reply replyTo(OpenCall call) {
        CallMessage.Reply reply = call.reply;
        if (reply == null) {
            throw new IllegalStateException("no reply");
        }
        return reply;
    }

    private int enter(OpenCall call) {
        synchronized (open) {
            if (open.size() >= MessageLimits.OPEN_CALLS) {
                throw new IllegalStateException(
                        open.size() + " threads of this worker wait for shared constructs, which is as many as may");
            }
            int question = ++questions;
            open.put(question, call);
            return question;
        }
    }

    /** Waits for the reply. Returns whether the thread was interrupted meanwhile. */
    private boolean await(OpenCall call, int question, SharedOperation operation, long nanos) {
        boolean interrupted = false;
        if (nanos == 0 || operation.isQuick()) {
            parent.awaitSoon(call);
        } else {
            parent.hurry();
        }
        if (nanos != 0 && call.reply == null) {
            try {
                long deadline = nanos == Long.MAX_VALUE ? Waiter.NEVER : call.waiter.now() + nanos;
                if (call.waiter.await(this, call, deadline)) {
                    return false;
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
            parent.say(new CallMessage.Withdraw(question));
            parent.hurry();
        }
        Uninterruptibly.await(() -> call.waiter.await(this, call, Waiter.NEVER));
        return interrupted;
    }

    @Override
    public boolean awaitsReply() {
        synchronized (open) {
            return !open.isEmpty();
        }
    }

    /** Called by the thread that reads. */
    @Override
    public void received(CallMessage.Reply reply) {
        lastToken = reply.token();
        OpenCall call;
        synchronized (open) {
            call = open.remove(reply.question());
        }
        if (call != null) {
            CalledWord word = call.word;
            if (word != null && reply.status() == CallStatus.DONE.number() && reply.items().length > 0) {
                see(word, reply);
            }
            call.reply = reply;
            if (call.listener == null) {
                call.waiter.wake();
            } else {
                call.listener.accept(reply);
            }
        }
    }

    /** The reply shows the memory of what was called, or may. */
    private void see(CalledWord word, CallMessage.Reply reply) {
        if (word.operation.isOfLock()) {
            pages.addLock(word.number, word.tag, reply.items(), (int) reply.amount());
        } else if (word.operation.isOfWord()) {
            pages.addCounter(word.number, word.tag, reply.items());
        } else if (showsRing(word.operation, reply)) {
            try {
                byte[] frame = ItemBlocks.read(reply.items()).getFirst();
                pages.addRing(word.number, word.tag, frame, word.run);
            } catch (BadFrameException broken) {
                // the caller finds that, too
            }
        }
    }

    private static boolean showsRing(SharedOperation operation, CallMessage.Reply reply) {
        return operation.isOfRing() && reply.amount() == RemoteCall.SHOWN;
    }

    private byte[] pack(Object[] items) {
        List<byte[]> packed = new ArrayList<>(items.length);
        for (Object item : items) {
            packed.add(item instanceof PackedItem before ? before.bytes() : packed(item));
        }
        return ItemBlocks.write(packed);
    }

    /** Returns the item as it travels. */
    byte[] packed(Object item) {
        try {
            return parent.pack(item);
        } catch (UnsendableException e) {
            throw new NotSendableException("an item for a shared construct " + e.getMessage(), e);
        }
    }

    /** Returns the item that travelled so. */
    Object unpacked(byte[] bytes) {
        try {
            return Objects.requireNonNull(parent.unpack(bytes));
        } catch (UnsendableException e) {
            throw new NotSendableException("an item of a shared construct " + e.getMessage(), e);
        }
    }

    private CallAnswer answer(CallMessage.Reply reply, SharedOperation operation) {
        CallStatus status = CallStatus.of(reply.status());
        if (operation.isOfWord() && status == CallStatus.DONE) {
            return new CallAnswer(status, reply.amount(), List.of(), ""); // what else came is memory
        }
        List<Object> items = new ArrayList<>(1);
        String text = "";
        try {
            List<byte[]> blocks = ItemBlocks.read(reply.items());
            if (status == null) {
                throw new BadFrameException("no status is " + reply.status());
            }
            if (status != CallStatus.DONE) {
                text = blocks.isEmpty() ? "" : new String(blocks.getFirst(), StandardCharsets.UTF_8);
            } else {
                for (byte[] block : showsRing(operation, reply) ? blocks.subList(1, blocks.size()) : blocks) {
                    items.add(unpacked(block));
                }
            }
        } catch (BadFrameException e) {
            var broken = new UnsendableException(Direction.ARGUMENT, "(where it arrived)", "is broken", e);
            throw new NotSendableException("an item of a shared construct " + e.getMessage(), broken);
        }
        return new CallAnswer(status, reply.amount(), items, text);
    }
}
