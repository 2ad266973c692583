package dev.pando.internal.process.child;

import dev.pando.internal.codec.Codec;
import dev.pando.internal.codec.message.EncodedThrowable;
import dev.pando.internal.process.wire.FrameWriter;
import dev.pando.internal.process.wire.Message;
import dev.pando.internal.process.wire.MessageLimits;
import dev.pando.spi.SteppedTask;
import dev.pando.spi.UnsendableException;
import dev.pando.spi.UnsendableException.Direction;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Runs one task at a time, always on the main thread, so that what a library keeps by thread is there for the next
 * task, and tells the parent what came of it. Not final: a test lets an exception fail to be packed.
 */
class TaskRunner {
    private static final byte[] NOTHING = {};

    private final Codec codec;
    private final CommandInbox inbox;
    private final ReplyWriter replies;
    private final ProgressNotes notes;

    /**
     * What it takes to say that memory has run out, by classes that may never have been used before; and half as much
     * again.
     */
    private static final int RESERVE = 5 << 19;

    /** Let go when memory has run out, so that there is enough to say so. */
    @SuppressWarnings("UnusedVariable") // it is there to be let go
    private byte @Nullable [] reserve;

    /** What an answer may take, packed. Set before any run. */
    int largest = FrameWriter.LARGEST;

    /** Only if the pool wants to know. */
    private final @Nullable WorkerMeter meter;

    TaskRunner(Codec codec, CommandInbox inbox, ReplyWriter replies, ProgressNotes notes, boolean metered) {
        this.codec = codec;
        this.inbox = inbox;
        this.replies = replies;
        this.notes = notes;
        this.meter = metered ? new WorkerMeter() : null;
    }

    /**
     * Says that the JVM ends although the parent did not tell it to: a task called exit, or a signal came. A class, not
     * a lambda: see CommandInbox.
     */
    Thread leavingHook() {
        return new Thread(null, null, "pando-exit", 0, false) {
            @Override
            public void run() {
                sayLeaving();
            }
        };
    }

    void sayLeaving() {
        if (!inbox.isLeaving()) {
            replies.send(new Message.Leaving(inbox.running()));
        }
    }

    /** Runs the initializer, and says whether that went well. */
    boolean prepare(byte[] initializer) {
        inbox.beginInitializer();
        try {
            if (initializer.length > 0) {
                callable(initializer).call();
            }
        } catch (Throwable t) {
            TaskStream.flushAll();
            EncodedThrowable encodedThrowable = codec.encodeThrowable(t);
            byte[] standIn = encodedThrowable.standIn();
            replies.send(new Message.Unfit(original(encodedThrowable), standIn.length > largest ? NOTHING : standIn));
            return false;
        }
        TaskStream.keep();
        inbox.endRun();
        replies.send(new Message.Ready());
        reserve = new byte[RESERVE]; // only now: to be ready takes long enough without it
        return true;
    }

    /** Until there is no more to do. */
    void work() {
        for (Message.Run run = inbox.next(); run != null; run = inbox.next()) {
            if (meter != null) {
                meter.start();
            }
            WorkerRecorder recorder = inbox.source.recorder;
            Message.ToParent answer = recorder == null ? answerTo(run) : recorder.recorded(run, this);
            if (inbox.source.parent != null) {
                inbox.source.parent.runEnds();
            }
            TaskStream.restore(); // here, and not in answerTo: a rehearsal must not take away what a task has set
            inbox.endRun();
            if (meter != null) {
                replies.send(meter.spent(run.run()));
            }
            replies.send(answer);
            notes.answered();
            inbox.answered();
        }
    }

    /** Runs it, and packs what came of it. */
    Message.ToParent answerTo(Message.Run message) {
        int run = message.run();
        try {
            Callable<?> work = callable(message.work());
            Object value = work instanceof SteppedTask<?> steps ? steps.call(notes.steps(run)) : work.call();
            TaskStream.flushAll(); // what a task printed comes before its answer
            notes.ended(run, isPlain(value));
            byte[] bytes = codec.encode(value, Direction.RESULT);
            if (bytes.length > largest) {
                throw FrameWriter.tooLarge(Direction.RESULT, bytes.length, largest);
            }
            return new Message.Value(run, bytes);
        } catch (UnsendableException e) {
            return exhausts(e.getCause()) ? lastAnswer(run, e) : unsendable(run, e);
        } catch (Throwable t) {
            return exhausts(t) ? lastAnswer(run, t) : threw(run, t);
        }
    }

    /**
     * Returns the answer of a worker whose memory ran out, and says before that the worker leaves, so that no task is
     * sent after it: but only when the answer is packed, since packing may take long where the heap is full, and the
     * worker has to be gone soon after it has said so. If it cannot be packed, the answer is empty: another thread may
     * have taken the memory, or may have spoiled a class that packing needs, by running out of memory while that was
     * initialized.
     */
    private Message.ToParent lastAnswer(int run, Throwable why) {
        Message.ToParent answer;
        try {
            answer = why instanceof UnsendableException e ? unsendable(run, e) : threw(run, why);
        } catch (Throwable again) {
            answer = new Message.Thrown(run, NOTHING, NOTHING);
        }
        replies.send(new Message.Leaving(run));
        return answer;
    }

    private Message.ToParent unsendable(int run, UnsendableException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        boolean argument = e.direction() == Direction.ARGUMENT;
        byte[] standIn = codec.encodeThrowable(cause).standIn();
        return new Message.NotSendable(
                run,
                argument,
                MessageLimits.shorten(e.path()),
                MessageLimits.shorten(String.valueOf(e.getMessage())),
                standIn.length > largest ? NOTHING : standIn);
    }

    private Message.ToParent threw(int run, Throwable t) {
        TaskStream.flushAll();
        EncodedThrowable encodedThrowable = encode(t);
        byte[] standIn = encodedThrowable.standIn();
        if (standIn.length > largest) {
            return unsendable(run, FrameWriter.tooLarge(Direction.RESULT, standIn.length, largest));
        }
        return new Message.Thrown(run, original(encodedThrowable), standIn);
    }

    EncodedThrowable encode(Throwable thrown) {
        return codec.encodeThrowable(thrown);
    }

    /** Returns nothing as well if there is no room for the original: then its stand-in arrives. */
    private byte[] original(EncodedThrowable encodedThrowable) {
        byte[] original = encodedThrowable.original();
        if (original == null || (long) original.length + encodedThrowable.standIn().length > largest) {
            return NOTHING;
        }
        return original;
    }

    private static boolean isOutOfMemory(@Nullable Throwable thrown) {
        int far = 0;
        for (Throwable t = thrown; t != null && far < 20; t = t.getCause(), far++) {
            if (t instanceof OutOfMemoryError) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns whether memory ran out. What else failed for lack of it, in which thread, is not known: such a worker
     * takes no other task.
     */
    private boolean exhausts(@Nullable Throwable thrown) {
        if (!isOutOfMemory(thrown)) {
            return false;
        }
        reserve = null;
        inbox.leave();
        return true;
    }

    private Callable<?> callable(byte[] bytes) throws UnsendableException {
        return (Callable<?>) java.util.Objects.requireNonNull(codec.decode(bytes, Direction.ARGUMENT));
    }

    /** What is packed in no time, and without code of the user's. */
    private static boolean isPlain(@Nullable Object value) {
        return value == null
                || value instanceof String
                || (value instanceof Number && value.getClass().getClassLoader() == null)
                || value instanceof Boolean;
    }
}
