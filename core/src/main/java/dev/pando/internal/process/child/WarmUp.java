package dev.pando.internal.process.child;

import dev.pando.internal.codec.Codec;
import dev.pando.internal.process.os.OperatingSystem;
import dev.pando.internal.process.wire.FrameReader;
import dev.pando.internal.process.wire.FrameWriter;
import dev.pando.internal.process.wire.Message;
import dev.pando.spi.UnsendableException;
import dev.pando.spi.UnsendableException.Direction;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * What a new worker does while no task needs it: rehearses a task, by either way that one may arrive, with no parent
 * listening. The first of a kind costs ten times the second. Then the worker gets to know the lambdas that other
 * workers were given. In steps, none of which begins once there is a task: that loads what it needs by itself.
 */
final class WarmUp {
    private final Codec codec;
    private final WarmUpQueue queue;
    private final ReplyWriter nobody;
    private final ProgressNotes notes;
    private final TaskRunner runner;

    /** Has an inbox apart: a rehearsal that runs out of memory must not send this worker home. */
    WarmUp(OperatingSystem os, Codec codec, RemoteClasses foreign, WarmUpQueue queue) {
        this.codec = codec;
        this.queue = queue;
        nobody = new ReplyWriter(os, OutputStream.nullOutputStream());
        notes = new ProgressNotes(nobody, "");
        runner = new TaskRunner(
                codec, new CommandInbox(os, reader(new byte[0]), nobody, notes, foreign), nobody, notes, false);
    }

    void run() throws Exception {
        for (byte[] task : tasks(codec)) {
            rehearse(task);
        }
        for (byte[] template = queue.take(); template != null; template = queue.take()) {
            meet(template);
        }
    }

    /** By the short way, and one by the long way. */
    static List<byte[]> tasks(Codec codec) throws UnsendableException {
        List<byte[]> packed = new ArrayList<>();
        for (Callable<?> task : tasks("warm", 42, 4.2)) {
            packed.add(codec.pack(task).bytes());
        }
        packed.add(codec.encode(tasks("warm", 42, 4.2)[0], Direction.ARGUMENT));
        return packed;
    }

    /**
     * So many that the JVM compiles the long method in which it makes lambdas now, and not when the first task needs
     * the processor.
     */
    private static Callable<?>[] tasks(String text, int number, double fraction) {
        return new Callable<?>[] {
            (Callable<?> & Serializable) () -> null,
            (Callable<?> & Serializable) () -> text,
            (Callable<?> & Serializable) () -> number,
            (Callable<?> & Serializable) () -> fraction
        };
    }

    /** No static initializer is run for that: it may do what only one worker at a time can do. */
    private void meet(byte[] template) {
        try {
            codec.rehearse(template);
        } catch (Throwable missing) {
            // a worker that is given such a task will say so
        }
    }

    private void rehearse(byte[] work) throws IOException {
        if (!queue.goesOn(0)) {
            return;
        }
        byte[] frame = FrameWriter.frame(new Message.Run(1, work));
        if (reader(frame).toWorker() instanceof Message.Run run && notes.begin(run.run())) {
            nobody.send(runner.answerTo(run));
        }
    }

    private static FrameReader reader(byte[] bytes) {
        return new FrameReader(new ByteArrayInputStream(bytes));
    }
}
