package dev.pando.internal.process.wire;

import java.io.IOException;

/** The messages about the flight recording of a worker. */
public final class RecordMessage {
    private RecordMessage() {}

    /** What a worker is told about its recording, whatever it is doing. */
    public sealed interface AboutRecording extends Message.ToWorker permits Begin, Write, Finish, Title {}

    /**
     * Record from now on, and leave the recording in this file at the end. {@code settings} says which events, in lines
     * {@code name=value}.
     */
    public record Begin(int question, String file, long mostBytes, String settings) implements AboutRecording {
        @Override
        public void write(FrameWriter out) {
            out.tag('r').number(question).text(file).large(mostBytes).text(settings);
        }

        static Message read(FrameReader in) throws IOException {
            return new Begin(in.number(4), in.text(), in.large(), in.text());
        }
    }

    /** Write what there is so far into this file, and go on. */
    public record Write(int question, String file) implements AboutRecording {
        @Override
        public void write(FrameWriter out) {
            out.tag('w').number(question).text(file);
        }

        static Message read(FrameReader in) throws IOException {
            return new Write(in.number(4), in.text());
        }
    }

    /** Record no longer. */
    public record Finish(int question) implements AboutRecording {
        @Override
        public void write(FrameWriter out) {
            out.tag('e').number(question);
        }

        static Message read(FrameReader in) throws IOException {
            return new Finish(in.number(4));
        }
    }

    /** What the run that is sent next is called in the recording. */
    public record Title(int run, int attempt, String task) implements AboutRecording {
        @Override
        public void write(FrameWriter out) {
            out.tag('t').number(run).number(attempt).text(task);
        }

        static Message read(FrameReader in) throws IOException {
            return new Title(in.number(4), in.number(4), in.text());
        }
    }

    /** What was asked is done, or why not. {@code repository} is where the JVM keeps what it has not written. */
    public record Told(int question, String repository, String failure) implements Message.ToParent {
        @Override
        public void write(FrameWriter out) {
            out.tag('d').number(question).text(repository).text(failure);
        }

        static Message read(FrameReader in) throws IOException {
            return new Told(in.number(4), in.text(), in.text());
        }
    }
}
