package dev.pando.internal.scarcity;

import dev.pando.internal.codec.Codec;
import dev.pando.internal.codec.message.EncodedThrowable;
import dev.pando.internal.codec.message.LoaderNumbers;
import dev.pando.internal.process.os.SharedPage;
import dev.pando.internal.process.wire.FrameReader;
import dev.pando.internal.process.wire.FrameWriter;
import dev.pando.internal.process.wire.Message;
import dev.pando.internal.process.wire.ProgressPage;
import dev.pando.internal.process.wire.SharedWords;
import dev.pando.spi.SteppedTask;
import dev.pando.spi.UnsendableException.Direction;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * What a {@link TwinProcess} runs: speaks as a worker does, with one thread that reads and one that runs tasks. Its
 * threads have names that {@link ScarceMemory} knows, because the memory of a worker is not what is short.
 */
final class TwinWorker {
    /** Answers after which it notes on the page what it begins, and no longer says it. */
    private static final int ANSWERS_BEFORE_PAGE = 3;

    private final TwinProcess process;
    private final LinkedBlockingQueue<Message.Run> runs = new LinkedBlockingQueue<>();
    private final Codec codec = new Codec(
            new LoaderNumbers() {
                @Override
                public int numberOf(Class<?> type) {
                    return 0;
                }

                @Override
                public ClassLoader numbered(int number) {
                    return TwinWorker.class.getClassLoader();
                }
            },
            TwinWorker.class.getClassLoader());
    private ProgressPage page;
    private Message.Hello hello;
    private int running;
    private int answers;
    private final Thread main = new MainThread();

    /** Runs tasks, which find their process by it. */
    private final class MainThread extends Thread {
        MainThread() {
            super(ScarceMemory.WORKER + "main");
            setDaemon(true);
        }

        @Override
        public void run() {
            orEnd(TwinWorker.this::work);
        }

        TwinProcess process() {
            return process;
        }
    }

    private interface Step {
        void run() throws Exception;
    }

    TwinWorker(TwinProcess process) {
        this.process = process;
    }

    void start() {
        Thread.ofPlatform().daemon().name(ScarceMemory.WORKER + "reader").start(() -> orEnd(this::read));
    }

    /** The calling task crashes its worker. */
    static void crash() {
        ((MainThread) Thread.currentThread()).process().end(TwinProcess.CRASHED);
    }

    /** The calling task prints a line. */
    static void print(String line) throws IOException {
        ((MainThread) Thread.currentThread()).process().said.in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** The calling task waits until its worker is killed, whatever interrupts it. */
    static void awaitEnd() {
        TwinProcess process = ((MainThread) Thread.currentThread()).process();
        while (!process.hasEnded()) {
            try {
                process.waitFor();
            } catch (InterruptedException ignored) {
                Thread.interrupted();
            }
        }
    }

    private void orEnd(Step step) {
        try {
            step.run();
        } catch (IOException gone) {
            process.end(TwinProcess.KILLED);
        } catch (Throwable t) {
            if (!process.hasEnded()) {
                t.printStackTrace();
            }
            process.end(70);
        }
    }

    private void read() throws Exception {
        FrameReader in = new FrameReader(new BufferedInputStream(process.commands.out));
        for (Message.ToWorker message = in.toWorker(); message != null; message = in.toWorker()) {
            switch (message) {
                case Message.Hello first -> {
                    hello = first;
                    main.start();
                }
                case Message.Run run -> runs.add(run);
                case Message.Several several -> runs.addAll(several.runs());
                case Message.Stop stop -> stop(stop.run());
                case Message.Leave _ -> process.end(0);
                default -> {}
            }
        }
        process.end(1); // the parent is gone, unless the process has ended
        runs.add(new Message.Run(0, new byte[0])); // wakes the other thread
    }

    private synchronized void stop(int run) throws IOException {
        if (running == run) {
            say(new Message.Seen(run, main.getStackTrace()));
            main.interrupt();
        }
    }

    private synchronized void isAt(int run) {
        running = run;
        if (run == 0) {
            Thread.interrupted(); // a stop that came just then meant the run that is over
        }
    }

    private void work() throws Exception {
        if (hello.initializer().length > 0) {
            ((Callable<?>) codec.decode(hello.initializer(), Direction.ARGUMENT)).call();
        }
        say(new Message.Ready());
        say(new Message.Wanted(1, 1, ProcessScenario.class.getName()));
        while (!process.hasEnded()) {
            Message.Run next = runs.take();
            if (!process.hasEnded() && begins(next.run())) {
                isAt(next.run());
                Message.ToParent answer = answerTo(next);
                isAt(0);
                say(answer);
                answers++;
            }
        }
    }

    private boolean begins(int run) throws IOException {
        if (page == null && answers == ANSWERS_BEFORE_PAGE && !hello.page().isEmpty()) {
            page = new ProgressPage(new SharedWords.MappedWords(SharedPage.borrow(hello.page(), ProgressPage.BYTES)));
        }
        if (page == null) {
            say(new Message.Began(run));
            return true;
        }
        return page.begin(run);
    }

    private Message.ToParent answerTo(Message.Run run) throws Exception {
        try {
            Callable<?> work = (Callable<?>) codec.decode(run.work(), Direction.ARGUMENT);
            Object value = work instanceof SteppedTask<?> steps ? steps.call(_ -> {}) : work.call();
            if (page != null) {
                page.ended(run.run());
            } else {
                say(new Message.Ended(run.run()));
            }
            return new Message.Value(run.run(), codec.encode(value, Direction.RESULT));
        } catch (Exception e) {
            EncodedThrowable thrown = codec.encodeThrowable(e);
            byte[] original = thrown.original();
            return new Message.Thrown(run.run(), original == null ? new byte[0] : original, thrown.standIn());
        }
    }

    private void say(Message.ToParent message) throws IOException {
        byte[] frame = FrameWriter.frame(message);
        synchronized (process) {
            process.answers.in.write(frame);
        }
    }
}
