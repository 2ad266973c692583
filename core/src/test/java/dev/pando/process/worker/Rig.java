package dev.pando.process.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.codec.Codec;
import dev.pando.process.wire.FrameReader;
import dev.pando.process.wire.FrameWriter;
import dev.pando.process.wire.Message;
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

/** A worker without a process: its threads, its streams, and the test as its parent. Sent home after each test. */
final class Rig implements BeforeEachCallback, AfterEachCallback {
    /** Work, as the tests write it. */
    interface Work extends Callable<Object>, Serializable {}

    /** Somebody stands at the gate; and it opens. Static: a task that was unpacked finds nothing else. */
    static CountDownLatch inside;

    static CountDownLatch gate;

    final Codec codec = new Codec();
    private final Conduit commands = new Conduit();
    private final Conduit answers = new Conduit();
    private final FrameReader heard = new FrameReader(answers.out);
    private Thread main;
    private volatile Thread watcher;
    volatile Tasks tasks;
    ForeignClasses foreign;
    /** What its parent lends it, if anything. */
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

    /** Starts the worker; what it says first is still to be heard. */
    void start(Work initializer) {
        byte[] first = initializer == null ? new byte[0] : encoded(initializer);
        CompletableFuture<Void> there = new CompletableFuture<>();
        main = Thread.ofPlatform().name("rig-main").start(() -> {
            Answers way = new Answers(null, answers.in);
            foreign = new ForeignClasses(way);
            Notes notes = notes(way);
            Inbox inbox = new Inbox(null, new FrameReader(commands.out), way, notes, foreign);
            foreign.askThrough(inbox);
            tasks = new Tasks(codec, inbox, way, notes, false);
            watcher = inbox.startWatcher();
            there.complete(null);
            if (tasks.prepare(first)) tasks.work();
        });
        there.join();
    }

    private Notes notes(Answers way) {
        return new Notes(way, slate == null ? "" : "here") {
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

    /** The next that it says, which must be of this kind. */
    <M extends Message.ToParent> M hears(Class<M> kind) {
        try {
            return kind.cast(heard.toParent());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** What it says about this run, its answer included, as the names of the messages. */
    List<String> answer(int run, List<Message.ToParent> all) {
        List<String> names = new ArrayList<>();
        while (names.isEmpty() || !List.of("Value", "Threw", "Unsendable").contains(names.getLast())) {
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
        Message.Value value = (Message.Value) all.getLast();
        assertThat(value.run()).isEqualTo(run);
        return codec.decode(value.bytes(), Direction.RESULT);
    }

    Throwable decoded(byte[] bytes) throws Exception {
        return (Throwable) codec.decode(bytes, Direction.RESULT);
    }

    boolean isSilent() {
        return answers.isEmpty();
    }

    void awaitEnd() throws InterruptedException {
        assertThat(main.join(java.time.Duration.ofSeconds(30))).as("the main thread ends").isTrue();
    }

    /** An interrupt that nobody ordered. */
    void disturb() {
        main.interrupt();
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        if (main == null) return;
        send(new Message.Leave());
        commands.end(); // only now, or the worker would end its JVM, for want of a parent
        awaitEnd();
        assertThat(watcher.join(java.time.Duration.ofSeconds(30))).as("the watcher ends").isTrue();
        assertThat(isSilent()).as("has said no more than was heard").isTrue();
    }
}
