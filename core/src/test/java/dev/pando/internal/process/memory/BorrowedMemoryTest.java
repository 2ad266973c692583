package dev.pando.internal.process.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.internal.process.os.OperatingSystem;
import dev.pando.internal.process.wire.MemoryMessage;
import dev.pando.internal.process.wire.Message;
import dev.pando.internal.process.wire.MessageLimits;
import dev.pando.internal.process.wire.ParentTalk;
import dev.pando.internal.util.SystemTimer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** How the tasks of a worker ask for memory, and how much of it a worker maps. */
@EnabledOnOs(OS.LINUX)
class BorrowedMemoryTest {
    /** The number of the task that runs. */
    private int task = 1;

    private final LinkedBlockingQueue<Message.ToParent> said = new LinkedBlockingQueue<>();
    private final BorrowedMemory memory = new BorrowedMemory(
            new ParentTalk() {
                @Override
                public void say(Message.ToParent message) {
                    said.add(message);
                }

                @Override
                public void hurry() {}

                @Override
                public void awaitSoon(BooleanSupplier arrived) {}

                @Override
                public int run() {
                    return 0;
                }

                @Override
                public boolean isStopping() {
                    return false;
                }

                @Override
                public String worker() {
                    return "pool-1";
                }

                @Override
                public Throwable unpackThrowable(byte[] original, byte[] standIn) {
                    throw new AssertionError("memory is no exception");
                }

                @Override
                public ByteBuffer shown(MemoryMessage.Grant grant) {
                    throw new AssertionError("no reply shows memory");
                }

                @Override
                public int largest() {
                    return 0;
                }

                @Override
                public byte[] pack(Object item) {
                    throw new AssertionError("memory is no item");
                }

                @Override
                public Object unpack(byte[] bytes) {
                    throw new AssertionError("memory is no item");
                }
            },
            () -> task,
            40);

    /** The parent ends a worker that asks more. */
    @Test
    void moreThanSoManyWaitForTheirTurnToAsk() throws Exception {
        List<Thread> threads = new ArrayList<>();
        List<CompletableFuture<String>> refusals = new ArrayList<>();
        for (int i = 0; i < MessageLimits.OPEN_QUESTIONS + 20; i++) {
            CompletableFuture<String> refusal = new CompletableFuture<>();
            refusals.add(refusal);
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    var _ = memory.take(1, true);
                } catch (IOException refused) {
                    refusal.complete(refused.getMessage());
                }
            }));
        }
        while (said.size() < MessageLimits.OPEN_QUESTIONS) {
            Thread.yield(); // a thread that is about to ask may wait for the queue of the test
        }
        for (Thread thread : threads) {
            while (thread.getState() != Thread.State.WAITING) {
                Thread.yield();
            }
        }
        assertThat(said).hasSize(MessageLimits.OPEN_QUESTIONS);
        for (int i = 0; i < refusals.size(); i++) {
            MemoryMessage.Ask ask = (MemoryMessage.Ask) said.take();
            memory.receive(new MemoryMessage.Grant(ask.question(), 0, 0, 0, 0, "no", ""));
        }
        assertThat(refusals).allSatisfy(refusal -> assertThat(refusal.join()).isEqualTo("no"));
    }

    private static final Lender LENDER = new Lender(OperatingSystem.here(), new SystemTimer("borrowed-memory"), 0);

    private static SharedRegion array(int value) throws IOException {
        SharedRegion array = LENDER.take(4, true);
        array.segment().set(ValueLayout.JAVA_INT, 0, value);
        return array;
    }

    private int valueOf(SharedRegion array) throws IOException {
        return ((SharedRegion) memory.arriving(array.handle())).segment().get(ValueLayout.JAVA_INT, 0);
    }

    private int mapped() {
        synchronized (memory) {
            return memory.holds.size();
        }
    }

    @Test
    void arraysOfEarlierTasksAreUnmappedWhenThereAreMany() throws IOException {
        List<SharedRegion> arrays = new ArrayList<>();
        SharedRegion often = array(-1);
        SharedRegion first = null;
        for (task = 1; task <= 200; task++) {
            SharedRegion array = array(task);
            arrays.add(array);
            SharedRegion there = (SharedRegion) memory.arriving(array.handle());
            assertThat(there.segment().get(ValueLayout.JAVA_INT, 0)).isEqualTo(task);
            first = first == null ? there : first;
            assertThat(valueOf(often)).isEqualTo(-1);
            assertThat(mapped()).as("mapped by task %s", task).isLessThanOrEqualTo(11);
        }
        SharedRegion ended = Objects.requireNonNull(first);
        assertThatThrownBy(() -> ended.segment().get(ValueLayout.JAVA_INT, 0))
                .isInstanceOf(IllegalStateException.class);
        for (int i = 0; i < arrays.size(); i++, task++) {
            assertThat(valueOf(arrays.get(i))).as("given again").isEqualTo(i + 1);
        }
        for (SharedRegion array : arrays) {
            memory.receive(new MemoryMessage.Forget(array.handle().loan()));
        }
        assertThat(said).as("each is said to be dropped once, mapped or not").hasSize(200);
        assertThat(mapped()).as("mapped, which was used often").isLessThanOrEqualTo(1);
        arrays.forEach(SharedRegion::close);
        often.close();
    }

    @Test
    void aTaskThatIsGivenTooManyIsToldSoAndTheNextOneIsNot() throws IOException {
        List<SharedRegion> arrays = new ArrayList<>();
        for (int i = 0; i < 31; i++) {
            arrays.add(array(i));
        }
        for (int i = 0; i < 30; i++) {
            assertThat(valueOf(arrays.get(i))).isEqualTo(i);
        }
        assertThatThrownBy(() -> valueOf(arrays.get(30)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("30 shared arrays mapped at once")
                .hasMessageContaining("vm.max_map_count");
        task++;
        assertThat(valueOf(arrays.get(30))).isEqualTo(30);
        arrays.forEach(SharedRegion::close);
    }

    @Test
    void whatTheInitializerWasGivenIsNeverUnmapped() throws IOException {
        task = 0;
        SharedRegion kept = array(7);
        SharedRegion there = (SharedRegion) memory.arriving(kept.handle());
        for (task = 1; task <= 100; task++) {
            SharedRegion array = array(task);
            assertThat(valueOf(array)).isEqualTo(task);
            array.close();
        }
        assertThat(there.segment().get(ValueLayout.JAVA_INT, 0)).isEqualTo(7);
        kept.close();
    }

    /** The parent would use memory again that the system is writing to. */
    @Test
    void whatTheSystemIsAtWorkInStaysMapped() throws Exception {
        SharedRegion kept = array(7);
        SharedRegion there = (SharedRegion) memory.arriving(kept.handle());
        Pipe pipe = Pipe.open();
        ByteBuffer target = there.segment().asByteBuffer();
        Thread reader = Thread.ofPlatform().start(() -> {
            try {
                pipe.source().read(target);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        MemoryMapping mapping = there.mapping;
        while (Stream.of(reader.getStackTrace())
                .noneMatch(frame -> frame.getMethodName().equals("read0"))) {
            Thread.onSpinWait();
        }
        for (task = 2; task <= 100; task++) {
            SharedRegion array = array(task);
            assertThat(valueOf(array)).isEqualTo(task);
            array.close();
        }
        memory.receive(new MemoryMessage.Forget(kept.handle().loan()));
        assertThat(said).as("what is still mapped is not said to be dropped").isEmpty();
        pipe.sink().write(ByteBuffer.wrap(new byte[] {9, 9, 9, 9}));
        reader.join();
        assertThat(mapping.segment.get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) 9);
        kept.close();
    }
}
