package dev.pando.internal.process.child;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.internal.codec.Codec;
import dev.pando.internal.codec.message.EncodedThrowable;
import dev.pando.internal.process.wire.FrameReader;
import dev.pando.internal.process.wire.FrameWriter;
import dev.pando.internal.process.wire.Message;
import dev.pando.internal.process.wire.ParentTalk;
import dev.pando.spi.UnsendableException.Direction;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A worker without a process: its threads, its streams, and the test as its parent. It leaves after each test. */
final class WorkerRig implements BeforeEachCallback, AfterEachCallback {
    /** A task, as the tests write it. */
    interface Work extends Callable<Object>, Serializable {}

    /** Released when a task stands at the gate. Static, because an unpacked task finds no other reference. */
    static CountDownLatch inside;

    static CountDownLatch gate;

    final Codec codec = new Codec();
    private final MemoryPipe commands = new MemoryPipe();
    private final MemoryPipe answers = new MemoryPipe();
    private final FrameReader heard = new FrameReader(answers.out);
    private Thread main;
    private volatile Thread watcher;
    volatile TaskRunner runner;
    RemoteClasses foreign;
    /** Whether exceptions fail to be packed. */
    volatile boolean cannotPack;
    /** What replies of the parent are brought to, if anything. Set before the start. */
    volatile ParentTalk.ReplyHandler handler;

    /** How the worker speaks to its parent, if replies are brought to anything. */
    volatile ParentTalk parent;

    /** The progress page that the parent lends, if any. */
    volatile ByteBuffer slate;

    static Object atTheGate() throws InterruptedException {
        inside.countDown();
        gate.await();
        return "through";
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        inside = new CountDownLatch(1);
        gate = new CountDownLatch(1);
    }

    /** Starts the worker; the test still has to hear its first message. */
    void start(Work initializer) {
        byte[] first = initializer == null ? new byte[0] : encoded(initializer);
        CompletableFuture<Void> there = new CompletableFuture<>();
        main = Thread.ofPlatform().name("rig-main").start(() -> {
            ReplyWriter way = new ReplyWriter(null, answers.in);
            foreign = new RemoteClasses(way);
            ProgressNotes notes = notes(way);
            CommandInbox inbox = new CommandInbox(null, new FrameReader(commands.out), way, notes, foreign);
            foreign.askThrough(inbox);
            if (handler != null) {
                parent = new ParentLink(way, inbox);
                parent.handleReplies(handler);
                inbox.source.parent = parent;
            }
            runner = new TaskRunner(codec, inbox, way, notes, false) {
                @Override
                EncodedThrowable encode(Throwable thrown) {
                    if (cannotPack) {
                        throw new NoClassDefFoundError("Could not initialize class");
                    }
                    return super.encode(thrown);
                }
            };
            watcher = inbox.startWatcher();
            there.complete(null);
            if (runner.prepare(first)) {
                runner.work();
            }
        });
        there.join();
    }

    private ProgressNotes notes(ReplyWriter way) {
        return new ProgressNotes(way, slate == null ? "" : "here") {
            @Override
            ByteBuffer lent() {
                return slate;
            }
        };
    }

    void startReady() {
        start(null);
        hears(Message.Ready.class);
    }

    byte[] encoded(Object object) {
        try {
            return codec.encode(object, Direction.ARGUMENT);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    void send(Message.ToWorker message) {
        commands.put(FrameWriter.frame(message));
    }

    void run(int run, Work work) {
        send(new Message.Run(run, encoded(work)));
    }

    /** Returns the next message of the worker, which must be of this kind. */
    <M extends Message.ToParent> M hears(Class<M> kind) {
        try {
            return kind.cast(heard.toParent());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Returns the names of the messages about this run, up to its answer. */
    List<String> answer(int run, List<Message.ToParent> all) {
        List<String> names = new ArrayList<>();
        while (names.isEmpty() || !List.of("Value", "Thrown", "NotSendable").contains(names.getLast())) {
            Message.ToParent message = hears(Message.ToParent.class);
            all.add(message);
            names.add(message.getClass().getSimpleName());
        }
        return names;
    }

    List<String> answer(int run) {
        return answer(run, new ArrayList<>());
    }

    Object value(int run) throws Exception {
        List<Message.ToParent> all = new ArrayList<>();
        answer(run, all);
        assertThat(((Message.Value) all.getLast()).run()).isEqualTo(run);
        return decodedValue(all.getLast());
    }

    Object decodedValue(Message.ToParent value) throws Exception {
        return codec.decode(((Message.Value) value).bytes(), Direction.RESULT);
    }

    /** Runs a task that must not find an interrupt of an earlier run. */
    void nextIsUndisturbed(int run) throws Exception {
        run(run, () -> Thread.currentThread().isInterrupted());
        assertThat(value(run)).isEqualTo(false);
    }

    Throwable decoded(byte[] bytes) throws Exception {
        return (Throwable) codec.decode(bytes, Direction.RESULT);
    }

    boolean isSilent() {
        return answers.isEmpty();
    }

    void awaitEnd() throws InterruptedException {
        assertThat(main.join(java.time.Duration.ofSeconds(30)))
                .as("the main thread ends")
                .isTrue();
    }

    /** Interrupts the main thread without a stop. */
    void disturb() {
        main.interrupt();
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        if (main == null) {
            return;
        }
        send(new Message.Leave());
        commands.end(); // only now, or the worker would end its JVM because its parent is gone
        awaitEnd();
        assertThat(watcher.join(java.time.Duration.ofSeconds(30)))
                .as("the watcher ends")
                .isTrue();
        assertThat(isSilent()).as("the test has heard all messages").isTrue();
    }
}
