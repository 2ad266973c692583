package dev.pando.internal.process.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.internal.process.os.OperatingSystem;
import dev.pando.internal.process.wire.MemoryUse;
import dev.pando.spi.Timer;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which memory is lent, and which is kept for the next loan. */
class LenderTest {
    private static final long MIB = 1 << 20;

    /** Of an array that has a slab to itself. */
    private static final long LARGE = 20_000;

    /** A clock that the test moves. */
    private static final class Clock implements Timer {
        private final List<Runnable> alarms = new ArrayList<>();
        private long now;

        @Override
        public long nanoTime() {
            return now;
        }

        @Override
        public Alarm after(long nanos, Runnable alarm) {
            alarms.add(alarm);
            return () -> {};
        }

        void ring(long seconds) {
            now += seconds * 1_000_000_000L;
            List<Runnable> due = List.copyOf(alarms);
            alarms.clear();
            due.forEach(Runnable::run);
        }
    }

    private final Clock clock = new Clock();
    private final Lender lender = new Lender(OperatingSystem.here(), clock, 3 * MIB);

    @Test
    void whatNobodyHasWaitsForAWhile() throws IOException {
        SharedRegion region = lender.take(MIB, true);
        assertThat(lender.heldBytes()).containsExactly(MIB, 0);
        region.close();
        region.close();
        assertThat(lender.heldBytes()).containsExactly(0, MIB);
        clock.ring(9);
        assertThat(lender.heldBytes()).containsExactly(0, MIB);
        lender.take(MIB - 5, true).close();
        assertThat(lender.heldBytes()).as("held after reuse of the same block").containsExactly(0, MIB);
        clock.ring(9);
        assertThat(lender.heldBytes())
                .as("held, because the block was used since")
                .containsExactly(0, MIB);
        clock.ring(9);
        assertThat(lender.heldBytes()).containsExactly(0, 0);
        assertThat(clock.alarms).isEmpty();
    }

    @Test
    void noMoreWaitsThanMay() throws IOException {
        List<SharedRegion> spans = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            spans.add(lender.take(MIB, false));
        }
        spans.forEach(SharedRegion::close);
        assertThat(lender.heldBytes()).containsExactly(0, 3 * MIB);
        lender.take(4 * MIB, false).close();
        assertThat(lender.heldBytes()[1])
                .as("kept, without a block that is too large")
                .isLessThanOrEqualTo(3 * MIB);
        lender.dropIdle();
        assertThat(lender.heldBytes()).containsExactly(0, 0);
    }

    @Test
    void aPartKeepsTheWhole() throws IOException {
        SharedRegion whole = lender.take(MIB, true);
        SharedRegion part = whole.part(8, 8, true);
        whole.close();
        assertThat(lender.heldBytes()[0]).isEqualTo(MIB);
        part.close();
        assertThat(lender.heldBytes()[0]).isZero();
    }

    @Test
    void aWorkerSeesNothingThatItHasNotHad() throws IOException {
        SharedRegion secret = lender.take(MIB, false);
        secret.segment().fill((byte) 42);
        secret.close();
        Account one = new Account(lender, Long.MAX_VALUE, message -> {});
        Account other = new Account(lender, Long.MAX_VALUE, message -> {});
        for (Account account : List.of(one, other)) {
            Loan loan = lender.lend(MIB, MemoryUse.COPY, account);
            assertThat(loan.slab.segment.toArray(java.lang.foreign.ValueLayout.JAVA_BYTE))
                    .containsOnly(0);
            loan.slab.segment.fill((byte) 43);
            lender.removeHolder(loan, account);
        }
        Loan again = lender.lend(MIB, MemoryUse.COPY, other);
        assertThat(again.slab.segment.get(java.lang.foreign.ValueLayout.JAVA_BYTE, 0))
                .as("its own bytes")
                .isEqualTo((byte) 43);
        other.returnAll();
        assertThat(lender.heldBytes()).containsExactly(0, MIB);
    }

    private Lender withQuota(int most) {
        return new Lender(OperatingSystem.here(), clock, 3 * MIB, new DescriptorQuota(most, "this test's limit"));
    }

    private static int lendAll(Lender lender, Account account) {
        for (int count = 0; ; count++) {
            try {
                lender.lend(LARGE, MemoryUse.ZERO_ARRAY, account);
            } catch (IOException refused) {
                assertThat(refused).hasMessageContaining("file descriptors").hasMessageContaining("this test's limit");
                return count;
            }
            assertThat(count).isLessThan(1000);
        }
    }

    @Test
    void aWorkerLeavesAsManyDescriptorsAsItTakes() {
        Lender lender = withQuota(30);
        Account first = new Account(lender, Long.MAX_VALUE, message -> {});
        Account second = new Account(lender, Long.MAX_VALUE, message -> {});
        assertThat(lendAll(lender, first)).isEqualTo(15);
        assertThat(lendAll(lender, second)).isEqualTo(8);
        assertThat(lendAll(lender, first)).isZero();
        first.returnAll();
        assertThat(lendAll(lender, second)).isEqualTo(7);
        second.returnAll();
        assertThat(lendAll(lender, new Account(lender, Long.MAX_VALUE, message -> {})))
                .isEqualTo(15);
    }

    @Test
    void whatTheProgramHasOfAWorkerStillCounts() throws IOException {
        Lender lender = withQuota(30);
        Account account = new Account(lender, Long.MAX_VALUE, message -> {});
        List<SharedRegion> results = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            results.add((SharedRegion) account.resolve(
                    lender.lend(LARGE, MemoryUse.ZERO_ARRAY, account).handle()));
        }
        account.releaseAfterAnswer(null);
        account.returnAll();
        Account next = new Account(lender, Long.MAX_VALUE, message -> {});
        assertThat(lendAll(lender, next)).isEqualTo(8);
        results.forEach(SharedRegion::close);
        assertThat(lendAll(lender, next)).isEqualTo(7);
    }

    @Test
    void idleSlabsAreNoMoreThanMayBeLent() throws IOException {
        Lender lender = withQuota(30);
        List<SharedRegion> regions = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            regions.add(lender.take(LARGE, true));
        }
        regions.forEach(SharedRegion::close);
        assertThat(lender.heldBytes()).containsExactly(0, 30 << 15);
        Account account = new Account(lender, Long.MAX_VALUE, message -> {});
        lender.lend(MIB, MemoryUse.ZERO_ARRAY, account);
        assertThat(lender.heldBytes()).as("others gave way").containsExactly(MIB, 0);
    }

    @Test
    void manyThreadsTakeAndGiveBack() throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            byte mine = (byte) (i + 1);
            threads.add(Thread.ofPlatform().start(() -> {
                for (int n = 0; n < 300; n++) {
                    takeAndGiveBack(mine);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(lender.heldBytes()[0]).isZero();
    }

    private void takeAndGiveBack(byte mine) {
        try {
            SharedRegion region = lender.take(20_000, true);
            for (long i = 0; i < region.bytes(); i += 1000) {
                assertThat(region.segment().get(java.lang.foreign.ValueLayout.JAVA_BYTE, i))
                        .isZero();
            }
            region.segment().fill(mine);
            assertThat(region.segment().mismatch(region.segment())).isEqualTo(-1);
            region.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Slab plainSlab() throws IOException {
        return new Slab(1_000_000, MIB, OperatingSystem.here().memory(MIB));
    }

    @Test
    void whatAUserWillSeeIsSealedWhereItCanBe() throws IOException {
        Account worker = new Account(lender, Long.MAX_VALUE, message -> {});
        Slab plain = plainSlab();
        synchronized (Lender.LOCK) {
            assertThat(lender.slabs.idle.add(plain)).isEmpty();
        }
        for (MemoryUse use : List.of(MemoryUse.ZERO_ARRAY, MemoryUse.FILLED_ARRAY)) {
            Loan shown = lender.lend(MIB, use, worker);
            assertThat(shown.slab.file.isSealed())
                    .isEqualTo(OperatingSystem.here().canSeal(true));
            lender.removeHolder(shown, worker);
        }
        lender.dropIdle();
    }

    @Test
    void aSlabThatAWorkerHasCutOffSaysSo() throws IOException {
        Slab plain = plainSlab();
        assertThat(plain.clear(0)).isTrue();
        assertThat(plain.copyIn(MemorySegment.ofArray(new byte[1 << 20]))).isTrue();
        plain.file.channel().truncate(4096);
        assertThat(plain.clear(MIB)).isFalse();
        assertThat(plain.clear(0)).isFalse();
        assertThat(plain.copyIn(MemorySegment.ofArray(new byte[1 << 20]))).isFalse();
        plain.close();
    }

    @Test
    void sizesAreRoundedToFewAndNeverMuch() {
        for (long bytes = 1; bytes < 1L << 33; bytes += bytes / 3 + 1) {
            long capacity = Slab.capacityFor(bytes);
            assertThat(capacity).isGreaterThanOrEqualTo(bytes).isLessThanOrEqualTo(bytes + bytes / 8 + (1 << 14));
        }
    }
}
