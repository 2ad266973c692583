package dev.pando.internal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.Pool;
import dev.pando.internal.process.memory.MemoryPeek;
import dev.pando.internal.process.wire.CountPage;
import dev.pando.internal.shared.CounterPeek;
import dev.pando.shared.SharedClosedException;
import dev.pando.shared.SharedCounter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Counters that lie in memory, where a worker needs no message and may write what it likes. */
@EnabledOnOs(OS.LINUX)
@Tag("processes")
@Timeout(60)
class HostileCounterTest {
    @RegisterExtension
    final HostilePool hostile = new HostilePool();

    private static long lentBytes() {
        return MemoryPeek.held(ProgramMemory.lender())[0];
    }

    @Test
    void aCounterThatIsCalledOftenIsTheSameNumberInBothPrograms() {
        Pool pool = hostile.pool();
        SharedCounter counter = pool.shared().counter();
        counter.add(40);
        assertThat(pool.submit(() -> {
                            CounterPeek.pageAfterCalls(counter);
                            return counter.increment();
                        })
                        .result())
                .isEqualTo(41);
        assertThat(counter.increment()).isEqualTo(42);
        assertThat(pool.submit(() -> counter.compareAndSet(42, -1) && !counter.compareAndSet(42, 0))
                        .result())
                .isTrue();
        assertThat(counter.get()).isEqualTo(-1);
        assertThat(counter.compareAndSet(-1, Long.MAX_VALUE)).isTrue();
        assertThat(pool.submit(() -> counter.get()).result()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aWorkerWritesNoMoreThanANumber() {
        Pool pool = hostile.pool();
        SharedCounter counter = pool.shared().counter();
        SharedCounter other = pool.shared().counter();
        pool.submit(() -> {
                    CounterPeek.pageAfterCalls(counter).begin(Long.MIN_VALUE);
                    CounterPeek.pageAfterCalls(other);
                })
                .result();
        assertThat(counter.add(-1)).isEqualTo(Long.MAX_VALUE);
        assertThat(other.get()).isZero();
        hostile.assertUnharmed();
    }

    /** The worker that says so is believed by none: each call counts once. */
    @Test
    void aCounterThatAWorkerSaysIsClosedGoesOn() {
        Pool pool = hostile.pool();
        SharedCounter counter = pool.shared().counter();
        assertThat(pool.submit(() -> {
                            CounterPeek.pageAfterCalls(counter).close();
                            counter.increment();
                            counter.increment();
                            return counter.compareAndSet(2, 7);
                        })
                        .result())
                .isTrue();
        assertThat(counter.increment()).isEqualTo(8);
    }

    @Test
    void noWorkerCutsACounterOff() {
        Pool pool = hostile.pool();
        SharedCounter counter = pool.shared().counter();
        pool.submit(() -> {
                    CounterPeek.pageAfterCalls(counter);
                    counter.add(5);
                    MemoryAttack.cutOffAllOfTheParent();
                })
                .exception();
        assertThat(counter.increment()).isEqualTo(6);
        assertThat(pool.submit(() -> counter.increment()).result()).isEqualTo(7);
    }

    @Test
    void aClosedCounterIsNoNumberAnyMore() {
        Pool pool = hostile.pool();
        SharedCounter counter = pool.shared().counter();
        pool.submit(() -> CounterPeek.pageAfterCalls(counter).get()).result();
        counter.close();
        assertThatThrownBy(counter::get).isInstanceOf(SharedClosedException.class);
        for (int i = 0; i < 3; i++) { // before the worker was told to forget the memory, and after
            assertThat(pool.submit(() -> counter.add(1)).exception()).isInstanceOf(SharedClosedException.class);
        }
        assertThat(pool.submit(() -> counter.get()).exception()).isInstanceOf(SharedClosedException.class);
        assertThat(pool.submit(() -> counter.compareAndSet(0, 1)).exception())
                .isInstanceOf(SharedClosedException.class);
    }

    /** Memory that still were mapped for the counter before would be two counters' at once. */
    @Test
    void countersThatFollowEachOtherAreToldApart() {
        Pool pool = hostile.pool();
        long before = lentBytes();
        SharedCounter last = pool.shared().counter();
        for (int i = 0; i < 20; i++) {
            SharedCounter first = last;
            SharedCounter second = pool.shared().counter();
            pool.submit(() -> {
                        CounterPeek.pageAfterCalls(first);
                        first.add(1000);
                    })
                    .result();
            first.close();
            assertThat(pool.submit(() -> {
                                CountPage page = CounterPeek.pageAfterCalls(second);
                                try {
                                    first.increment();
                                } catch (SharedClosedException closed) {
                                    return page.get();
                                }
                                return -1L;
                            })
                            .result())
                    .isZero();
            last = second;
        }
        last.close();
        assertThat(pool.submit(() -> 1).result()).isOne(); // the worker has answered what came before
        assertThat(lentBytes()).isLessThanOrEqualTo(before + 2 * 4096);
    }

    @Test
    void theMemoryOfACounterOutlivesItsWorkersAndGoesWithItsPool() throws Exception {
        Pool pool = hostile.pool();
        SharedCounter counter = pool.shared().counter();
        long before = lentBytes();
        assertThat(hostile.reasonAfter(() -> {
                    CounterPeek.pageAfterCalls(counter);
                    counter.add(3);
                    Runtime.getRuntime().halt(9);
                }))
                .isNotEmpty();
        assertThat(counter.increment()).isEqualTo(4);
        assertThat(pool.submit(() -> {
                            CounterPeek.pageAfterCalls(counter);
                            return counter.increment();
                        })
                        .result())
                .isEqualTo(5);
        assertThat(lentBytes()).isGreaterThan(before);
        pool.close();
        assertThatThrownBy(counter::get).isInstanceOf(SharedClosedException.class);
        assertThat(lentBytes()).isEqualTo(before);
    }
}
