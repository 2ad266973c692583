package dev.pando.internal.process.child;

import dev.pando.internal.codec.Codec;
import dev.pando.internal.process.logging.WorkerLogging;
import dev.pando.internal.process.memory.Borrower;
import dev.pando.internal.process.os.OperatingSystem;
import dev.pando.internal.process.output.MarkedStream;
import dev.pando.internal.process.wire.FrameReader;
import dev.pando.internal.process.wire.Message;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A worker: a program that reads commands on one descriptor and answers on another, and ends when its parent does. What
 * it touches before it says that it is ready is what every new worker waits for, so it touches little.
 */
final class WorkerMain {
    /** Something of ours broke, not of a task's: the parent reads the reason from standard error. */
    private static final int OUR_FAULT = 70;

    private WorkerMain() {}

    public static void main(String[] args) {
        OperatingSystem os = OperatingSystem.here();
        try {
            InputStream commands = os.commands();
            OutputStream answers = os.answers();
            System.setOut(new TaskStream(System.out));
            System.setErr(new TaskStream(new MarkedStream()));
            TaskStream.keep();
            work(os, commands, answers);
        } catch (Throwable t) {
            giveUp(t);
        }
        Runtime.getRuntime().exit(0); // also when a task has left threads behind
    }

    /** Until it is sent home. */
    static void work(OperatingSystem os, InputStream from, OutputStream to) throws IOException {
        FrameReader commands = new FrameReader(from, FrameReader.LARGEST_FRAME, FrameReader.PIPE);
        if (!(commands.toWorker() instanceof Message.Hello hello)) {
            os.endOwnFamily();
            return;
        }
        ReplyWriter replies = new ReplyWriter(os, to);
        RemoteClasses foreign = new RemoteClasses(replies);
        ProgressNotes notes = new ProgressNotes(replies, hello.page());
        CommandInbox inbox = new CommandInbox(os, commands, replies, notes, foreign);
        foreign.askThrough(inbox);
        ParentLink parent = new ParentLink(replies, inbox);
        Borrower memory = new Borrower(parent);
        inbox.source.memory = memory;
        inbox.source.parent = parent;
        inbox.source.replies = replies;
        Codec plain = new Codec(foreign, WorkerMain.class.getClassLoader());
        Codec codec = plain.sharing(memory);
        parent.becomeWorker(plain, hello.name(), hello.largest());
        TaskRunner runner = new TaskRunner(codec, inbox, replies, notes, hello.metered());
        runner.largest = hello.largest();
        Thread.currentThread().setName(hello.name());
        Runtime.getRuntime().addShutdownHook(runner.leavingHook());
        inbox.startWatcher();
        MarkedStream.noteBeginning();
        if (hello.logs()) {
            String resisting = WorkerLogging.capture();
            if (resisting != null) {
                System.err.println(resisting);
            }
        }
        if (!runner.prepare(hello.initializer())) {
            return;
        }
        Thread _ = inbox.warmUps().startThread(os, codec, foreign);
        runner.work();
    }

    /** The end, when not even saying so to the parent can be relied on: there may be no memory left. */
    static void giveUp(Throwable why) {
        try {
            why.printStackTrace();
        } finally {
            Runtime.getRuntime().halt(OUR_FAULT);
        }
    }
}
