package dev.pando.internal.worker;

import dev.pando.Submitter;
import dev.pando.internal.process.wire.FrameWriter;
import dev.pando.internal.process.wire.ParentTalk;
import dev.pando.internal.shared.CallStatus;
import dev.pando.spi.UnsendableException;
import org.jspecify.annotations.Nullable;

/**
 * What a task asks that a program on another machine has sent: what that program calls the worker, and which attempt it
 * counts, came with the task. In a worker process any thread of the task finds it, elsewhere the thread that runs it.
 */
public final class GuestContext implements TaskContext, AutoCloseable {
    /** What an argument may take, and what a result may that the program gives back. */
    public static final int LARGEST = 64 << 20;

    /** The longest name that travels. */
    private static final int MOST_NAME = 1000;

    private static final ThreadLocal<@Nullable GuestContext> OF_THREAD = new ThreadLocal<>();

    /** A worker process runs one task at a time. */
    private static volatile @Nullable GuestContext ofThisWorker;

    private final String worker;
    private final int attempt;
    private final CallCodec codec;
    private final ProgramWay way;
    private final boolean everyThread;

    /** How what the task says comes to its program. */
    public interface ProgramWay {
        void progress(double fraction, String text);

        boolean isStopping();

        /** Returns how many bytes an argument may take. */
        int largest();

        /** Calls what the program offers, and waits. A caller that was interrupted meanwhile is still. */
        CallEnd call(String name, byte[] argument, long nanos);
    }

    /** To the parent of this worker process, which passes it on. */
    private record ParentWay(ParentTalk parent) implements ProgramWay {

        @Override
        public void progress(double fraction, String text) {
            RemoteContext.of(parent).progress(fraction, text);
        }

        @Override
        public boolean isStopping() {
            return parent.isStopping();
        }

        @Override
        public int largest() {
            return parent.largest();
        }

        @Override
        public CallEnd call(String name, byte[] argument, long nanos) {
            CallEnd ofParent = RemoteContext.of(parent).end(name, argument, nanos);
            return ofParent.status() == CallStatus.DONE
                    ? CallEnd.of(ofParent.items().getFirst())
                    : ofParent;
        }
    }

    private GuestContext(String worker, int attempt, CallCodec codec, ProgramWay way, boolean everyThread) {
        this.worker = worker;
        this.attempt = attempt;
        this.codec = codec;
        this.way = way;
        this.everyThread = everyThread;
    }

    /** The calling thread runs such a task until this is closed. */
    public static GuestContext onThread(String worker, int attempt, CallCodec codec, ProgramWay way) {
        GuestContext made = new GuestContext(worker, attempt, codec, way, false);
        OF_THREAD.set(made);
        return made;
    }

    /** This worker process runs such a task until this is closed. */
    public static GuestContext inWorker(String worker, int attempt, CallCodec codec) {
        ParentTalk parent = ParentTalk.ofThisProgram();
        if (parent == null) {
            throw new IllegalStateException("this program is no worker");
        }
        GuestContext made = new GuestContext(worker, attempt, codec, new ParentWay(parent), true);
        ofThisWorker = made;
        return made;
    }

    /** Returns what the calling thread's task may ask. Returns {@code null} if it is no such task. */
    public static @Nullable GuestContext find() {
        GuestContext here = ofThisWorker;
        return here != null ? here : OF_THREAD.get();
    }

    @Override
    public void close() {
        if (everyThread) {
            ofThisWorker = null;
        } else {
            OF_THREAD.remove();
        }
    }

    @Override
    public void progress(double fraction, String text) {
        way.progress(fraction, RemoteContext.shortened(text));
    }

    @Override
    public boolean isStopping() {
        return way.isStopping();
    }

    @Override
    public String workerName() {
        return worker;
    }

    @Override
    public int attempt() {
        return attempt;
    }

    @Override
    public Submitter pool() {
        throw new IllegalStateException("Worker.pool has no way to the program from worker " + worker
                + ", which is on another machine: let the task return what is to be done next, or ask the program with"
                + " Worker.call");
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"}) // the caller says what comes
    public <R extends @Nullable Object> R call(String name, @Nullable Object argument, long nanos)
            throws InterruptedException {
        if (name.length() > MOST_NAME) {
            throw new IllegalArgumentException("no program offers anything by a name of " + name.length() + " letters: "
                    + MOST_NAME + " travel to another machine");
        }
        OfferedQuestion asked = new OfferedQuestion(name, new BoundedCodec(codec, Math.min(LARGEST, way.largest())));
        return (R) asked.result(way.call(name, asked.packed(argument), nanos));
    }

    /** Lets no argument pass that is too large for a node. */
    private record BoundedCodec(CallCodec codec, int largest) implements CallCodec {

        @Override
        public byte[] pack(@Nullable Object argument) throws UnsendableException {
            byte[] bytes = codec.pack(argument);
            if (bytes.length > largest) {
                throw FrameWriter.tooLarge(UnsendableException.Direction.ARGUMENT, bytes.length, largest);
            }
            return bytes;
        }

        @Override
        public @Nullable Object unpack(byte[] result) throws UnsendableException {
            return codec.unpack(result);
        }

        @Override
        public Throwable unpackThrowable(byte[] original, byte[] standIn) {
            return codec.unpackThrowable(original, standIn);
        }
    }
}
