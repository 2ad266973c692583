package dev.pando.internal.process.wire;

import java.io.IOException;

/** The messages about shared constructs: a task asks its parent something, and is answered while it runs. */
@SuppressWarnings("ArrayRecordComponent") // messages are written and read, never compared
public final class CallMessage {
    private CallMessage() {}

    /**
     * How a call ended. {@code token} is what the next call of this worker says in {@code heard}, so that the parent
     * knows how far the worker has read; {@code items} are written as the room of shared constructs has it.
     */
    public record Reply(int question, int token, int status, long amount, byte[] items) implements Message.ToWorker {
        @Override
        public void write(FrameWriter out) {
            out.tag('J')
                    .number(question)
                    .number(token)
                    .number(status)
                    .large(amount)
                    .rest(items);
        }

        static Message read(FrameReader in) throws IOException {
            return new Reply(in.number(4), in.number(4), in.number(4), in.large(), in.rest());
        }
    }

    /**
     * Asks the construct of this number and tag. {@code run} is the task that asks, in {@code thread}; {@code heard} is
     * the token of the last reply that was read.
     */
    public record Request(
            int question,
            int run,
            int heard,
            long thread,
            long number,
            long tag,
            int operation,
            int patience,
            long amount,
            long other,
            byte[] items)
            implements Message.ToParent {
        @Override
        public void write(FrameWriter out) {
            out.tag('O')
                    .number(question)
                    .number(run)
                    .number(heard)
                    .large(thread)
                    .large(number)
                    .large(tag);
            out.number(operation).number(patience).large(amount).large(other).rest(items);
        }

        static Message read(FrameReader in) throws IOException {
            return new Request(
                    in.number(4),
                    in.number(4),
                    in.number(4),
                    in.large(),
                    in.large(),
                    in.large(),
                    in.number(4),
                    in.number(4),
                    in.large(),
                    in.large(),
                    in.rest());
        }
    }

    /** The caller waits no longer: the reply says whether the call was done before. */
    public record Withdraw(int question) implements Message.ToParent {
        @Override
        public void write(FrameWriter out) {
            out.tag('Z').number(question);
        }

        static Message read(FrameReader in) throws IOException {
            return new Withdraw(in.number(4));
        }
    }
}
