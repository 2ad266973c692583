package dev.pando.internal.process.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.internal.codec.message.MemoryHandle;
import dev.pando.internal.process.os.OperatingSystem;
import dev.pando.internal.process.os.SystemLimits;
import dev.pando.internal.process.wire.MemoryMessage;
import dev.pando.internal.process.wire.MemoryUse;
import dev.pando.internal.util.SystemTimer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What many small arrays take of what the system has few of. */
@EnabledOnOs(OS.LINUX)
class SmallArraysTest {
    private final Lender lender = new Lender(OperatingSystem.here(), new SystemTimer("small-arrays"), 0);

    private static final long PAGE = SystemLimits.pageBytes();

    /** Returns how many descriptors of this program lead to files of these names. */
    private static long descriptors(Set<String> names) throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(descriptor -> {
                        try {
                            return names.contains(
                                    Files.readSymbolicLink(descriptor).toString());
                        } catch (IOException closedMeanwhile) {
                            return false;
                        }
                    })
                    .count();
        }
    }

    /** Returns how many mappings of files of these names this program has. */
    private static long mappings(Set<String> names) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
            return lines.filter(line -> {
                        int name = line.indexOf('/');
                        return name >= 0 && names.contains(line.substring(name));
                    })
                    .count();
        }
    }

    /** A usual program may open 20,000 files or fewer, and map 65,530 pieces of memory. */
    @Tag("slow")
    @Test
    void aHundredThousandAreThereAtOnceInFewDescriptorsAndFewMappings() throws IOException {
        List<SharedRegion> arrays = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            SharedRegion array = lender.take(1000, true);
            array.segment().set(ValueLayout.JAVA_INT, 996, i);
            arrays.add(array);
            names.add(array.handle().name());
            assertThat(names.size()).as("files of %s arrays", i + 1).isLessThanOrEqualTo(200);
        }
        assertThat(descriptors(names)).isEqualTo(names.size());
        assertThat(mappings(names)).isEqualTo(names.size());
        for (int i = 0; i < arrays.size(); i++) {
            assertThat(arrays.get(i).segment().get(ValueLayout.JAVA_INT, 996)).isEqualTo(i);
        }
        arrays.forEach(SharedRegion::close);
        assertThat(lender.heldBytes()).containsExactly(0, 0);
        assertThat(descriptors(names)).isZero();
        assertThat(mappings(names)).isZero();
    }

    private static Account account(Lender lender) {
        return new Account(lender, Long.MAX_VALUE, message -> {});
    }

    @Test
    void eachHasPagesOfItsOwn() throws IOException {
        List<SharedRegion> arrays = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            arrays.add(lender.take(1 + i * 37 % SlotShelf.LARGEST, i % 2 == 0));
        }
        Map<String, BitSet> pages = new HashMap<>();
        for (int i = 0; i < arrays.size(); i++) {
            SharedRegion array = arrays.get(i);
            array.segment().fill((byte) i);
            MemoryHandle handle = array.handle();
            BitSet taken = pages.computeIfAbsent(handle.name(), any -> new BitSet());
            for (long at = handle.start(); at < handle.start() + handle.capacity(); at += PAGE) {
                int page = (int) (at / PAGE);
                assertThat(at % PAGE).isZero();
                assertThat(taken.get(page))
                        .as("whether page %s has two arrays", page)
                        .isFalse();
                taken.set(page);
            }
            assertThat(handle.capacity()).isGreaterThanOrEqualTo(handle.bytes());
        }
        for (int i = 0; i < arrays.size(); i++) {
            assertThat(arrays.get(i).segment().toArray(ValueLayout.JAVA_BYTE)).containsOnly((byte) i);
            arrays.get(i).close();
        }
        assertThat(lender.heldBytes()).containsExactly(0, 0);
    }

    @Test
    void aSlotThatIsUsedAgainIsZeroWhateverItIsFor() throws IOException {
        try (Kept _ = new Kept(lender.take(1, true))) {
            for (int i = 0; i < 20; i++) {
                SharedRegion secret = lender.take(PAGE, false);
                secret.segment().fill((byte) 42);
                secret.close();
                Loan loan = lender.lend(1, MemoryUse.FILLED_ARRAY, null);
                assertThat(loan.slot.segment().toArray(ValueLayout.JAVA_BYTE)).containsOnly(0);
                lender.release(loan);
            }
        }
    }

    private record Kept(SharedRegion array) implements AutoCloseable {
        @Override
        public void close() {
            array.close();
        }
    }

    @Test
    void whatIsClosedIsNotReachedThoughItsSlabIsStillMapped() throws IOException {
        SharedRegion neighbour = lender.take(8, true);
        SharedRegion array = lender.take(8, true);
        assertThat(array.handle().name()).isEqualTo(neighbour.handle().name());
        MemorySegment kept = array.segment();
        MemorySegment part = kept.asSlice(4);
        array.close();
        SharedRegion next = lender.take(8, true);
        assertThat(next.handle().start()).isEqualTo(PAGE);
        assertThatThrownBy(() -> kept.set(ValueLayout.JAVA_LONG, 0, 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> part.get(ValueLayout.JAVA_INT, 0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> next.segment().get(ValueLayout.JAVA_BYTE, 8))
                .isInstanceOf(IndexOutOfBoundsException.class);
        next.close();
        neighbour.close();
    }

    @Test
    void noTwoMakersShareASlab() throws IOException {
        Account one = account(lender);
        Account other = account(lender);
        Slab ofOne = lender.lend(1, MemoryUse.ZERO_ARRAY, one).slab;
        Slab ofOther = lender.lend(1, MemoryUse.ZERO_ARRAY, other).slab;
        Loan mine = lender.lend(1, MemoryUse.ZERO_ARRAY, null);
        assertThat(Set.of(ofOne, ofOther, mine.slab)).hasSize(3);
        assertThat(lender.lend(1, MemoryUse.ZERO_ARRAY, one).slab).isSameAs(ofOne);
        lender.release(mine);
        one.returnAll();
        other.returnAll();
        assertThat(lender.heldBytes()).containsExactly(0, 0);
    }

    /** A worker that had one slot would else know all, and be given it as it is. */
    @Test
    void aWorkerThatHadASlotKnowsNothingOfItsNeighbours() throws IOException {
        Lender lender = new Lender(OperatingSystem.here(), new SystemTimer("small-arrays"), 1 << 30);
        SharedRegion given = lender.take(1, true);
        SharedRegion secret = lender.take(1, true);
        secret.segment().fill((byte) 42);
        Account worker = account(lender);
        Loan loan = Objects.requireNonNull(lender.loan(given.handle().loan()));
        Slab slab = loan.slab;
        lender.addHolder(loan, worker);
        given.close();
        secret.close();
        lender.removeHolder(loan, worker);
        Loan next = lender.lend(slab.capacity, MemoryUse.COPY, worker);
        assertThat(next.slab).isSameAs(slab);
        assertThat(slab.segment.toArray(ValueLayout.JAVA_BYTE)).containsOnly(0);
        worker.returnAll();
        lender.dropIdle();
    }

    @Test
    void theShareOfAWorkerIsChargedOnceASlab() throws IOException {
        DescriptorQuota quota = new DescriptorQuota(8, "this test's limit");
        Lender lender = new Lender(OperatingSystem.here(), new SystemTimer("small-arrays"), 0, quota);
        Account worker = account(lender);
        List<Loan> loans = new ArrayList<>();
        IOException refusal = null;
        while (refusal == null) {
            try {
                loans.add(lender.lend(SlotShelf.LARGEST, MemoryUse.ZERO_ARRAY, worker));
            } catch (IOException refused) {
                refusal = refused;
            }
        }
        assertThat(refusal).hasMessageContaining("this worker has 4");
        assertThat(loans.stream().map(loan -> loan.slab).distinct()).hasSize(4);
        assertThat(loans).hasSizeGreaterThanOrEqualTo(16);
        for (Loan loan : loans) {
            lender.removeHolder(loan, worker);
            lender.removeHolder(loan, worker); // harmless, or else a slot would be given to two
        }
        assertThat(lender.lend(20_000, MemoryUse.ZERO_ARRAY, account(lender)).slab.capacity)
                .isEqualTo(1 << 15);
        worker.returnAll();
    }

    @Test
    void slotsFollowTheSizeOfAPage() throws IOException {
        SlabSource source = new SlabSource(
                OperatingSystem.here(),
                new SystemTimer("small-arrays"),
                0,
                new DescriptorQuota(8, "this test's limit"));
        SlotShelf shelf = new SlotShelf(source, 1 << 16, null);
        List<SlabSlot> slots = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            SlabSlot slot = Objects.requireNonNull(shelf.take(SlotShelf.LARGEST));
            assertThat(slot.start() % (1 << 16)).isZero();
            assertThat(slot.capacity()).isEqualTo(1 << 16);
            slots.add(slot);
        }
        assertThat(slots.stream().map(SlabSlot::slab).distinct().map(slab -> slab.capacity))
                .containsExactly(1L << 18, 1L << 18, 1L << 19);
        for (SlabSlot slot : slots) {
            Slab unused;
            synchronized (Lender.LOCK) {
                unused = slot.giveBack();
            }
            if (unused != null) {
                unused.close();
            }
        }
    }

    @Test
    void aWorkerMakesSoManyAndNoMore() throws Exception {
        Queue<MemoryMessage.Grant> said = new ArrayDeque<>();
        Account worker = new Account(lender, Long.MAX_VALUE, message -> said.add((MemoryMessage.Grant) message));
        MemoryMessage.Ask ask = new MemoryMessage.Ask(1, 1, MemoryUse.ZERO_ARRAY);
        for (int i = 0; i < Account.MOST_LOANS; i++) {
            worker.answerAsk(ask);
            assertThat(said.remove().loan()).isPositive();
        }
        worker.answerAsk(ask);
        assertThat(said.remove())
                .returns(0L, MemoryMessage.Grant::loan)
                .extracting(MemoryMessage.Grant::where)
                .asString()
                .contains("at most 32768 shared arrays", "slices");
        worker.returnAll();
        assertThat(lender.heldBytes()).containsExactly(0, 0);
    }

    @Test
    void aSlotThatTheSystemIsAtWorkInIsNotLentAgain() throws Exception {
        SharedRegion array = lender.take(4, true);
        MemoryHandle handle = array.handle();
        Pipe pipe = Pipe.open();
        ByteBuffer target = array.segment().asByteBuffer();
        Thread reader = Thread.ofPlatform().start(() -> {
            try {
                pipe.source().read(target);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        while (Stream.of(reader.getStackTrace())
                .noneMatch(frame -> frame.getMethodName().equals("read0"))) {
            Thread.onSpinWait();
        }
        array.close();
        for (int i = 0; i < 20; i++) {
            MemoryHandle next = lender.take(4, true).handle();
            assertThat(next.name().equals(handle.name()) && next.start() == handle.start())
                    .as("whether an array lies where the system still reads to")
                    .isFalse();
        }
        pipe.sink().write(ByteBuffer.wrap(new byte[4]));
        reader.join();
    }

    @Test
    void manyThreadsTakeAndGiveBack() throws Exception {
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            byte mine = (byte) (i + 1);
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    takeAndGiveBack(mine);
                } catch (Throwable t) {
                    failures.add(t);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures).isEmpty();
        assertThat(lender.heldBytes()).containsExactly(0, 0);
    }

    private void takeAndGiveBack(byte mine) throws IOException {
        Queue<SharedRegion> kept = new ArrayDeque<>();
        for (int n = 0; n < 500; n++) {
            SharedRegion array = lender.take(1 + n * 97 % SlotShelf.LARGEST, true);
            assertThat(array.segment().mismatch(MemorySegment.ofArray(new byte[(int) array.bytes()])))
                    .as("where it is not zero")
                    .isEqualTo(-1);
            array.segment().fill(mine);
            kept.add(array);
            if (n % 3 == 0) {
                SharedRegion oldest = kept.remove();
                assertThat(oldest.segment().toArray(ValueLayout.JAVA_BYTE)).containsOnly(mine);
                oldest.close();
            }
        }
        kept.forEach(SharedRegion::close);
    }
}
