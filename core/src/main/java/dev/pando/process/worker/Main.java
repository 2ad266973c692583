package dev.pando.process.worker;

import dev.pando.codec.Codec;
import dev.pando.process.memory.Borrower;
import dev.pando.process.os.Os;
import dev.pando.process.wire.FrameReader;
import dev.pando.process.wire.Message;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A worker: a program that reads commands on one descriptor and answers on another, and ends when its parent does. What
 * it touches before it says that it is ready is what every new worker waits for, so it touches little.
 */
final class Main {
    /** Something of ours broke, not of a task's: the parent reads the reason from standard error. */
    private static final int OUR_FAULT = 70;

    private Main() {}

    public static void main(String[] args) {
        Os os = Os.here();
        try {
            work(os, os.commands(), os.answers());
        } catch (Throwable t) {
            giveUp(t);
        }
        Runtime.getRuntime().exit(0); // also when a task has left threads behind
    }

    /** Until it is sent home. */
    static void work(Os os, InputStream from, OutputStream to) throws IOException {
        FrameReader commands = new FrameReader(new BufferedInputStream(from, 1 << 16));
        if (!(commands.toWorker() instanceof Message.Hello hello)) {
            os.endOwnFamily();
            return;
        }
        Answers answers = new Answers(os, to);
        ForeignClasses foreign = new ForeignClasses(answers);
        Notes notes = new Notes(answers, hello.slate());
        Inbox inbox = new Inbox(os, commands, answers, notes, foreign);
        foreign.askThrough(inbox);
        Borrower memory = new Borrower(new Asking(answers, inbox));
        inbox.memory = memory;
        Codec codec = new Codec(foreign, Main.class.getClassLoader()).sharing(memory);
        Tasks tasks = new Tasks(codec, inbox, answers, notes, hello.metered());
        Thread.currentThread().setName(hello.name());
        Runtime.getRuntime().addShutdownHook(tasks.leavingHook());
        inbox.startWatcher();
        if (!tasks.prepare(hello.initializer())) return;
        Thread _ = WarmUp.start(os, codec, foreign, inbox);
        tasks.work();
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
