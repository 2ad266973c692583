package dev.pando.internal.process.wire;

import java.io.IOException;

/** The messages about memory that parent and worker share. */
public final class MemoryMessage {
    private MemoryMessage() {}

    /** What a worker's memory is told, whatever it is doing. */
    public sealed interface AboutMemory extends Message.ToWorker permits Grant, Forget {}

    /** Which memory was given, or with the loan 0 in the place of its path why none was. */
    public record Grant(int question, long loan, long slab, long start, long capacity, String where, String name)
            implements AboutMemory {
        @Override
        public void write(FrameWriter out) {
            out.tag('G')
                    .number(question)
                    .large(loan)
                    .large(slab)
                    .large(start)
                    .large(capacity)
                    .text(where)
                    .text(name);
        }

        static Message read(FrameReader in) throws IOException {
            return new Grant(in.number(4), in.large(), in.large(), in.large(), in.large(), in.text(), in.text());
        }
    }

    /** A loan or a slab: close what is mapped of it, and say so. */
    public record Forget(long number) implements AboutMemory {
        @Override
        public void write(FrameWriter out) {
            out.tag('F').large(number);
        }

        static Message read(FrameReader in) throws IOException {
            return new Forget(in.large());
        }
    }

    public record Ask(int question, long bytes, MemoryUse use) implements Message.ToParent {
        @Override
        public void write(FrameWriter out) {
            out.tag('A').number(question).large(bytes).number(use.number);
        }

        static Message read(FrameReader in) throws IOException {
            return new Ask(in.number(4), in.large(), MemoryUse.of(in.number(4)));
        }
    }

    public record Dropped(long number) implements Message.ToParent {
        @Override
        public void write(FrameWriter out) {
            out.tag('D').large(number);
        }

        static Message read(FrameReader in) throws IOException {
            return new Dropped(in.large());
        }
    }
}
