package dev.pando.internal.process.wire;

import java.io.IOException;
import java.util.List;

/**
 * Everything that a pool and one of its workers say to each other. A frame is {@code length:4 tag:1 fields}; the length
 * counts what follows it. A run is the number that the parent gave to one call of one task, counted up in each worker,
 * so that nothing which comes late can be taken for something about the next.
 *
 * <pre>
 *  tag  to the worker                                     tag  to the parent
 *  'H'  Hello(name, ...)    your name, be ready            'R'  Ready
 *                                                          'U'  Unfit(original, standIn)       the initializer threw
 *  'W'  Run(run, work)      do this                        'B'  Began(run)                     heard, unpacking it
 *  'Y'  Several(runs)       do these, one after the other
 *                                                          'E'  Ended(run)                     it returned, packing
 *                                                               (both left out once it writes them on its page;
 *                                                               then Began: I take my time, and others wait behind)
 *                                                          'M'  Spent(run, cpu, bytes)         if metered
 *                                                          'V'  Value(run, bytes)
 *                                                          'T'  Thrown(run, original, standIn)
 *                                                          'N'  NotSendable(run, way, path, text, standIn)
 *  'S'  Stop(run, ...)      look where it is, interrupt    'K'  Seen(run, frames)
 *  's'  Locate(run)         look where it is                    (for each Locate too)
 *  'C'  Code(question, ...) here is the class              'Q'  Wanted(question, loader, type)
 *  'I'  Meet(template)      what you may be given
 *  'L'  Leave               go home                        'X'  Leaving(run)                   a task called exit
 *  'G'  Grant(question, ..) here is the memory             'A'  Ask(question, bytes, use)      give me shared memory
 *  'F'  Forget(number)      let go of that memory          'D'  Dropped(number)                it has
 *  'J'  Reply(question, ..) what came of the call          'O'  Request(question, run, .)      ask a construct
 *                                                          'Z'  Withdraw(question)             not any longer
 *  'r'  Begin(question, .)  record yourself                'd'  Told(question, ...)            done, or why not
 *  'w'  Write(question, .)  write what you have
 *  'e'  Finish(question)    record no longer
 *  't'  Title(run, ...)     how to name this run
 * </pre>
 *
 * <p>The worker answers one Run after the other, and none that the parent took back on the {@link ProgressPage}. End of
 * the stream to the worker without Leave means that the parent is gone.
 */
@SuppressWarnings("ArrayRecordComponent") // messages are written and read, never compared
public sealed interface Message {

    /** Writes tag and fields; {@code read}, beside it, reads the fields in that order. */
    void write(FrameWriter out);

    /** What only the parent says. */
    sealed interface ToWorker extends Message
            permits CallMessage.Reply,
                    Code,
                    Hello,
                    Leave,
                    Locate,
                    Meet,
                    MemoryMessage.AboutMemory,
                    RecordMessage.AboutRecording,
                    Run,
                    Several,
                    Stop {}

    /** What only a worker says. */
    sealed interface ToParent extends Message
            permits Began,
                    CallMessage.Request,
                    CallMessage.Withdraw,
                    Ended,
                    Leaving,
                    MemoryMessage.Ask,
                    MemoryMessage.Dropped,
                    NotSendable,
                    Ready,
                    RecordMessage.Told,
                    Seen,
                    Spent,
                    Thrown,
                    Unfit,
                    Value,
                    Wanted {}

    /**
     * Names the worker; {@code logs}: it is to send what it logs as records; {@code largest} is what an answer may
     * take; {@code page} is where the {@link ProgressPage} is, empty if there is none; {@code initializer} is what to
     * run first, empty if there is nothing.
     */
    record Hello(String name, boolean metered, boolean logs, int largest, String page, byte[] initializer)
            implements ToWorker {
        @Override
        public void write(FrameWriter out) {
            out.tag('H')
                    .text(name)
                    .number(metered ? 1 : 0)
                    .number(logs ? 1 : 0)
                    .number(largest)
                    .text(page)
                    .rest(initializer);
        }

        static Message read(FrameReader in) throws IOException {
            return new Hello(in.text(), in.number(4) == 1, in.number(4) == 1, in.number(4), in.text(), in.rest());
        }
    }

    record Run(int run, byte[] work) implements ToWorker {
        @Override
        public void write(FrameWriter out) {
            out.tag('W').number(run).rest(work);
        }

        static Message read(FrameReader in) throws IOException {
            return new Run(in.number(4), in.rest());
        }
    }

    /** Written as {@link RunBatch} has it. */
    record Several(List<Run> runs) implements ToWorker {
        @Override
        public void write(FrameWriter out) {
            out.tag('Y');
            RunBatch.write(runs, out);
        }

        static Message read(FrameReader in) throws IOException {
            return new Several(RunBatch.read(in));
        }
    }

    /** With {@code endsProcesses} the processes end that were started since {@code nanos}, when the run began. */
    record Stop(int run, boolean endsProcesses, long nanos) implements ToWorker {
        public Stop(int run) {
            this(run, false, 0);
        }

        @Override
        public void write(FrameWriter out) {
            out.tag('S').number(run).number(endsProcesses ? 1 : 0).large(nanos);
        }

        static Message read(FrameReader in) throws IOException {
            return new Stop(in.number(4), in.number(4) == 1, in.large());
        }
    }

    /** Where is this run? It goes on; a run that is over is no longer asked for. */
    record Locate(int run) implements ToWorker {
        @Override
        public void write(FrameWriter out) {
            out.tag('s').number(run);
        }

        static Message read(FrameReader in) throws IOException {
            return new Locate(in.number(4));
        }
    }

    /**
     * The class that was wanted. {@code loader} defines it: 0, the worker finds it by itself, or {@link #NO_LOADER}.
     * The digest names the bytes, which are left out if this worker was sent them before; if no loader defines it, it
     * says why.
     */
    record Code(int question, int loader, String digest, byte[] bytes) implements ToWorker {
        public static final int NO_LOADER = -1;

        @Override
        public void write(FrameWriter out) {
            out.tag('C').number(question).number(loader).text(digest).rest(bytes);
        }

        static Message read(FrameReader in) throws IOException {
            return new Code(in.number(4), in.number(4), in.text(), in.rest());
        }
    }

    /** What lambdas of one class are made of: for a worker that has nothing else to do. */
    record Meet(byte[] template) implements ToWorker {
        @Override
        public void write(FrameWriter out) {
            out.tag('I').rest(template);
        }

        static Message read(FrameReader in) throws IOException {
            return new Meet(in.rest());
        }
    }

    record Leave() implements ToWorker {
        @Override
        public void write(FrameWriter out) {
            out.tag('L');
        }

        static Message read() {
            return new Leave();
        }
    }

    record Ready() implements ToParent {
        @Override
        public void write(FrameWriter out) {
            out.tag('R');
        }

        static Message read() {
            return new Ready();
        }
    }

    /** The original is empty if it cannot travel, here and below. */
    record Unfit(byte[] original, byte[] standIn) implements ToParent {
        @Override
        public void write(FrameWriter out) {
            out.tag('U').block(original).rest(standIn);
        }

        static Message read(FrameReader in) throws IOException {
            return new Unfit(in.block(), in.rest());
        }
    }

    record Began(int run) implements ToParent {
        @Override
        public void write(FrameWriter out) {
            out.tag('B').number(run);
        }

        static Message read(FrameReader in) throws IOException {
            return new Began(in.number(4));
        }
    }

    record Ended(int run) implements ToParent {
        @Override
        public void write(FrameWriter out) {
            out.tag('E').number(run);
        }

        static Message read(FrameReader in) throws IOException {
            return new Ended(in.number(4));
        }
    }

    /** What the call cost, -1 where that cannot be measured. */
    record Spent(int run, long cpuNanos, long allocatedBytes) implements ToParent {
        @Override
        public void write(FrameWriter out) {
            out.tag('M').number(run).large(cpuNanos).large(allocatedBytes);
        }

        static Message read(FrameReader in) throws IOException {
            return new Spent(in.number(4), in.large(), in.large());
        }
    }

    record Value(int run, byte[] bytes) implements ToParent {
        @Override
        public void write(FrameWriter out) {
            out.tag('V').number(run).rest(bytes);
        }

        static Message read(FrameReader in) throws IOException {
            return new Value(in.number(4), in.rest());
        }
    }

    /** Both are empty if memory ran out and not even that could be packed. */
    record Thrown(int run, byte[] original, byte[] standIn) implements ToParent {
        @Override
        public void write(FrameWriter out) {
            out.tag('T').number(run).block(original).rest(standIn);
        }

        static Message read(FrameReader in) throws IOException {
            return new Thrown(in.number(4), in.block(), in.rest());
        }
    }

    /** The argument, or else the result; the stand-in is for what was thrown while it was packed or unpacked. */
    record NotSendable(int run, boolean argument, String path, String text, byte[] standIn) implements ToParent {
        @Override
        public void write(FrameWriter out) {
            out.tag('N')
                    .number(run)
                    .number(argument ? 1 : 0)
                    .text(path)
                    .text(text)
                    .rest(standIn);
        }

        static Message read(FrameReader in) throws IOException {
            return new NotSendable(in.number(4), in.number(4) == 1, in.text(), in.text(), in.rest());
        }
    }

    record Seen(int run, StackTraceElement[] frames) implements ToParent {
        @Override
        public void write(FrameWriter out) {
            out.tag('K').number(run).frames(frames);
        }

        static Message read(FrameReader in) throws IOException {
            return new Seen(in.number(4), in.frames());
        }
    }

    record Wanted(int question, int loader, String type) implements ToParent {
        @Override
        public void write(FrameWriter out) {
            out.tag('Q').number(question).number(loader).text(type);
        }

        static Message read(FrameReader in) throws IOException {
            return new Wanted(in.number(4), in.number(4), in.text());
        }
    }

    /** {@code run} is what it was doing, 0 for nothing. */
    record Leaving(int run) implements ToParent {
        @Override
        public void write(FrameWriter out) {
            out.tag('X').number(run);
        }

        static Message read(FrameReader in) throws IOException {
            return new Leaving(in.number(4));
        }
    }
}
