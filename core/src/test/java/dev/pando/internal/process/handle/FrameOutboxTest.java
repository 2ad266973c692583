package dev.pando.internal.process.handle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.internal.process.wire.BadFrameException;
import dev.pando.internal.process.wire.FrameReader;
import dev.pando.internal.process.wire.Message;
import dev.pando.internal.process.wire.MessageLimits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sending to a worker that may not read. The stream has no buffer: a write blocks until the test lets it through. */
class FrameOutboxTest {
    private final Stuck out = new Stuck();
    private final FrameOutbox outbox =
            new FrameOutbox(Thread.ofPlatform().daemon().factory(), out);
    private final List<Integer> sent = new ArrayList<>();

    @Test
    void aWorkerForWhichNoWriterCanBeStartedReadsTheEndOfItsCommands() {
        Executor none = work -> {
            throw new OutOfMemoryError("injected");
        };
        FrameOutbox outbox = new FrameOutbox(out, none, () -> {});
        assertThatThrownBy(() -> outbox.send(new byte[10_000]))
                .isInstanceOf(OutOfMemoryError.class)
                .hasMessage("injected");
        assertThat(out.closed)
                .as("so that what it has not read goes to another worker")
                .isOne();
        outbox.send(new Message.Leave());
        assertThat(out.writers).isEmpty();
    }

    @Test
    void aWriteThatFindsNoMemoryEndsTheWorkersCommands() {
        AtomicInteger closed = new AtomicInteger();
        OutputStream full = new OutputStream() {
            @Override
            public void write(int one) {
                throw new OutOfMemoryError("injected");
            }

            @Override
            public void close() {
                if (closed.incrementAndGet() == 1) {
                    throw new OutOfMemoryError("injected");
                }
            }
        };
        FrameOutbox outbox = new FrameOutbox(full, Runnable::run, () -> {});
        assertThatThrownBy(() -> outbox.send(new byte[10])).isInstanceOf(OutOfMemoryError.class);
        assertThat(closed).as("closed once it could be").hasValue(2);
        outbox.send(new byte[10]); // dropped
    }

    /** Lets so many writes through as there are permits, and remembers which threads wrote. */
    private static final class Stuck extends OutputStream {
        final ByteArrayOutputStream passed = new ByteArrayOutputStream();
        final Semaphore permits = new Semaphore(1_000_000);
        final CountDownLatch blocked = new CountDownLatch(1);
        final List<Thread> writers = new ArrayList<>();
        volatile boolean broken;
        volatile int closed;
        private int frames;

        @Override
        public void write(int one) {
            throw new AssertionError("byte by byte");
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            synchronized (this) {
                if (!writers.contains(Thread.currentThread())) {
                    writers.add(Thread.currentThread());
                }
            }
            if (!permits.tryAcquire()) {
                blocked.countDown();
                permits.acquireUninterruptibly();
            }
            if (broken) {
                throw new IOException("Broken pipe");
            }
            synchronized (this) {
                passed.write(bytes);
                frames++;
                notifyAll();
            }
        }

        synchronized void awaitFrames(int count) throws InterruptedException {
            while (frames < count) {
                wait();
            }
        }

        @Override
        public void close() {
            closed++;
        }

        synchronized List<Thread> writers() {
            return List.copyOf(writers);
        }
    }

    private void send(int run, int size) {
        sent.add(run);
        outbox.send(new Message.Run(run, new byte[size]));
    }

    /** Waits until all that was sent has arrived, and returns it. */
    private List<Integer> arrived() throws Exception {
        return arrived(sent.size());
    }

    private List<Integer> arrived(int count) throws Exception {
        out.awaitFrames(count);
        for (Thread writer : out.writers()) {
            if (writer != Thread.currentThread()) {
                writer.join();
            }
        }
        FrameReader reader = new FrameReader(new ByteArrayInputStream(out.passed.toByteArray()));
        List<Integer> runs = new ArrayList<>();
        for (Message message = reader.toWorker(); message != null; message = reader.toWorker()) {
            runs.add(message instanceof Message.Run run ? run.run() : -1);
        }
        return runs;
    }

    @AfterEach
    void noThreadIsLeft() throws Exception {
        out.permits.release(1_000_000);
        for (Thread writer : out.writers()) {
            if (writer != Thread.currentThread()) {
                writer.join();
            }
        }
    }

    @Test
    void aSmallFrameIsWrittenByItsSender() throws Exception {
        send(1, 100);
        assertThat(arrived()).containsExactly(1);
        assertThat(out.writers()).containsExactly(Thread.currentThread());
    }

    @Test
    void aLargeFrameIsWrittenInTheBackground() throws Exception {
        out.permits.drainPermits();
        send(1, 10_000);
        out.blocked.await();
        assertThat(out.writers())
                .doesNotContain(Thread.currentThread())
                .singleElement()
                .matches(thread -> !thread.isVirtual(), "a platform thread");
        out.permits.release();
        assertThat(arrived()).containsExactly(1);
    }

    @Test
    void tooManySmallFramesDoNotBlockEither() throws Exception {
        for (int run = 1; run <= 4; run++) {
            send(run, 900);
        }
        out.permits.drainPermits();
        for (int run = 5; run <= 100; run++) {
            send(run, 900);
        }
        out.blocked.await();
        out.permits.release(96);
        assertThat(arrived()).isEqualTo(sent);
    }

    @Test
    void anAnswerConfirmsTheReadSoThereIsRoomAgain() throws Exception {
        for (int run = 1; run <= 50; run++) {
            send(run, 900);
            outbox.confirmRead(outbox.sentBytes());
        }
        assertThat(out.writers()).containsExactly(Thread.currentThread());
        assertThat(arrived()).isEqualTo(sent);
    }

    @Test
    void answersThatAreNotReadAreCountedInBytes() throws Exception {
        out.permits.drainPermits();
        outbox.send(new Message.Run(1, new byte[10_000]));
        out.blocked.await();
        outbox.send(new Message.Run(2, new byte[MessageLimits.UNREAD_BYTES]));
        outbox.checkQuestion();
        outbox.send(new Message.Code(1, 1, "", new byte[MessageLimits.UNREAD_BYTES]));
        assertThatThrownBy(outbox::checkQuestion)
                .isInstanceOf(BadFrameException.class)
                .hasMessage("a question, while it has not read 1 answers of 32768 KiB");
        out.permits.release(1_000);
        out.awaitFrames(3);
        outbox.checkQuestion();
    }

    @Test
    void theOrderIsKeptWhicheverThreadWrites() throws Exception {
        for (int run = 1; run <= 500; run++) {
            send(run, run % 7 == 0 ? 20_000 : run % 5 == 0 ? 2_000 : 10);
            if (run % 3 == 0) {
                outbox.confirmRead(outbox.sentBytes());
            }
            if (run % 11 == 0) {
                sent.add(-1);
                outbox.send(new Message.Stop(run));
            }
        }
        assertThat(arrived()).isEqualTo(sent);
    }

    @Test
    void manySendersTearNoFrame() throws Exception {
        List<Thread> speakers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            int first = i * 1000;
            speakers.add(Thread.ofPlatform().start(() -> {
                for (int run = first; run < first + 200; run++) {
                    outbox.send(new Message.Run(run, new byte[run % 9 == 0 ? 9_000 : 50]));
                }
            }));
        }
        for (Thread speaker : speakers) {
            speaker.join();
        }
        List<Integer> runs = arrived(1600);
        assertThat(runs).hasSize(1600).doesNotHaveDuplicates();
        for (int i = 0; i < 8; i++) {
            int which = i;
            assertThat(runs.stream().filter(run -> run / 1000 == which))
                    .as("of speaker " + i)
                    .isSorted();
        }
    }

    @Test
    void afterTheBacklogTheSenderWritesAgain() throws Exception {
        send(1, 10_000);
        arrived();
        outbox.confirmRead(outbox.sentBytes());
        send(2, 10);
        assertThat(out.writers()).hasSize(2).contains(Thread.currentThread());
        assertThat(arrived()).containsExactly(1, 2);
    }

    @Test
    void aFrameToADeadWorkerIsDroppedAndTheChannelIsClosed() throws Exception {
        out.broken = true;
        send(1, 10);
        assertThat(out.closed).isPositive();
        send(2, 10);
        send(3, 10_000);
        assertThat(arrived(0)).isEmpty();
        assertThat(out.writers()).containsExactly(Thread.currentThread());
    }

    @Test
    void aWriterThatIsStuckWithADeadWorkerEndsAndSoDoesItsBacklog() throws Exception {
        out.permits.drainPermits();
        for (int run = 1; run < 10; run++) {
            send(run, 10_000);
        }
        out.blocked.await();
        out.broken = true;
        out.permits.release(1);
        assertThat(arrived(0)).isEmpty();
        assertThat(out.closed).isPositive();
    }

    @Test
    void closingDropsTheFramesThatWereNotWritten() throws Exception {
        out.permits.drainPermits();
        for (int run = 1; run < 10; run++) {
            send(run, 10_000);
        }
        out.blocked.await();
        outbox.close();
        outbox.close();
        send(10, 10);
        out.permits.release(10);
        assertThat(arrived(1)).as("the run that was under way").containsExactly(1);
    }

    @Test
    void theLastMessageArrivesBehindWhatWasNotWritten() throws Exception {
        out.permits.drainPermits();
        send(1, 10_000);
        out.blocked.await();
        outbox.sendLast(new Message.Leave());
        assertThat(out.closed).as("while a frame is under way").isZero();
        send(2, 10);
        out.permits.release(10);
        assertThat(arrived(2)).containsExactly(1, -1);
        assertThat(out.closed).isOne();
    }

    @Test
    void aLastMessageThatNothingStandsBeforeIsWrittenByItsSender() throws Exception {
        outbox.sendLast(new Message.Leave());
        assertThat(out.closed).isOne();
        assertThat(arrived(1)).containsExactly(-1);
        assertThat(out.writers()).containsExactly(Thread.currentThread());
    }
}
