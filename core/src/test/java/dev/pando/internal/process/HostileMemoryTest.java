package dev.pando.internal.process;

import static dev.pando.internal.process.HostilePool.forEver;
import static dev.pando.internal.process.HostilePool.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.NotSendableException;
import dev.pando.internal.codec.Codec;
import dev.pando.internal.codec.message.MemoryHandle;
import dev.pando.internal.process.memory.MemoryPeek;
import dev.pando.internal.process.memory.SharedRegion;
import dev.pando.internal.process.os.SharedFile;
import dev.pando.internal.process.os.SystemLimits;
import dev.pando.internal.process.wire.MemoryMessage;
import dev.pando.internal.process.wire.MemoryUse;
import dev.pando.internal.process.wire.Message;
import dev.pando.process.SharedArray;
import dev.pando.spi.UnsendableException.Direction;
import java.io.IOException;
import java.io.Serializable;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a worker can do to its parent through the memory that they share. */
@EnabledOnOs(OS.LINUX)
@Tag("processes")
class HostileMemoryTest {
    @RegisterExtension
    final HostilePool hostile = new HostilePool();

    /** Answers the first task in a worker with this, instead of the result of the task. */
    interface Forger extends Serializable {
        Object forge() throws Exception;
    }

    private String refusalOf(Forger forger) {
        Throwable failure = hostile.pool()
                .submit(() -> {
                    say(new Message.Value(1, new Codec().encode(forger.forge(), Direction.RESULT)));
                    forEver();
                })
                .exception();
        assertThat(failure).isInstanceOf(NotSendableException.class);
        return failure.getMessage();
    }

    private static MemoryHandle of(long loan, long offset, long bytes, char copy) {
        return new MemoryHandle(loan, 1, "/etc/passwd", "/etc/passwd", 0, 1L << 40, offset, bytes, copy, false);
    }

    @Test
    void memoryOfAnotherIsNotNamed() throws Exception {
        try (var mine = SharedArray.copyOf(new byte[] {42})) {
            long loan = MemoryPeek.handle(mine).loan();
            assertThat(refusalOf(() -> of(loan, 0, 1, (char) 0))).contains("shared memory that it does not have");
            assertThat(mine.get(0)).isEqualTo((byte) 42);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MAX_VALUE, Long.MIN_VALUE})
    void memoryThatThereIsNotIsNotNamed(long loan) {
        assertThat(refusalOf(() -> of(loan, 0, 1, 'D'))).contains("shared memory that it does not have");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1, 101, Long.MAX_VALUE, Long.MIN_VALUE})
    void noMoreIsNamedThanWasGiven(long offset) {
        assertThat(refusalOf(
                        () -> of(MemoryPeek.handle(SharedArray.ofBytes(100)).loan(), offset, 100, (char) 0)))
                .contains("more shared memory than it was given");
    }

    @Test
    void noLengthIsBelieved() {
        assertThat(refusalOf(
                        () -> of(MemoryPeek.handle(SharedArray.ofBytes(100)).loan(), 0, Long.MAX_VALUE, (char) 0)))
                .contains("more shared memory");
    }

    @Test
    void anArrayIsCopiedOnce() {
        assertThat(refusalOf(() -> {
                    long loan = MemoryPeek.handle(SharedArray.ofBytes(100)).loan();
                    return List.of(of(loan, 0, 100, 'B'), of(loan, 0, 100, 'B'));
                }))
                .contains("shared memory that it does not have");
    }

    @ParameterizedTest
    @ValueSource(chars = {'Z', 'L', '[', 1, 'D'})
    void whatIsNoArrayIsRefused(char type) {
        assertThat(refusalOf(
                        () -> of(MemoryPeek.handle(SharedArray.ofBytes(101)).loan(), 0, 101, type)))
                .contains("shared memory that is no array");
    }

    @Test
    void whoeverAsksForLessThanNothingIsKilled() {
        assertThat(hostile.reasonAfter(() -> {
                    say(new MemoryMessage.Ask(1, -1, MemoryUse.ZERO_ARRAY));
                    forEver();
                }))
                .contains("it needs memory of -1 bytes");
        hostile.assertUnharmed();
    }

    @Test
    void whatItSaysToHaveDroppedIsNoOtherPrograms() throws Exception {
        try (var mine = SharedArray.copyOf(new byte[] {42})) {
            long loan = MemoryPeek.handle(mine).loan();
            assertThat(hostile.reasonAfter(() -> {
                        var its = SharedArray.ofBytes(1);
                        say(new MemoryMessage.Dropped(loan));
                        say(new MemoryMessage.Dropped(MemoryPeek.handle(its).loan()));
                        forEver();
                    }))
                    .contains("that it drops shared memory that it does not have");
            assertThat(mine.get(0)).isEqualTo((byte) 42);
            hostile.assertUnharmed();
        }
    }

    /** {@link CutMemoryTest} has all the ways, and what becomes of memory that cannot be sealed. */
    @Test
    void memoryIsNotCutOff() throws Exception {
        try (var array = SharedArray.ofBytes(1 << 20)) {
            String where = MemoryPeek.handle(array).where();
            String name = MemoryPeek.handle(array).name();
            assertThat(hostile.pool()
                            .submit(() -> {
                                try (FileChannel file = SharedFile.open(where, name, false)) {
                                    file.truncate(0);
                                }
                            })
                            .exception())
                    .isInstanceOf(IOException.class);
            assertThat(array.toArray()).hasSize(1 << 20).containsOnly(0);
        }
        hostile.assertUnharmed();
    }

    private static long loan(SharedArray<?> array) throws ReflectiveOperationException {
        return MemoryPeek.handle(array).loan();
    }

    /** What the parent takes a forged handle for. */
    private Object takenFor(Forger forger) {
        return hostile.pool()
                .submit(() -> {
                    say(new Message.Value(1, new Codec().encode(forger.forge(), Direction.RESULT)));
                    forEver();
                    return new Object();
                })
                .result();
    }

    @ParameterizedTest
    @ValueSource(longs = {-4096, 1, 4096, 1 << 20, Long.MAX_VALUE, Long.MIN_VALUE})
    void noPlaceInASlabIsBelieved(long start) {
        Object taken = takenFor(() -> {
            var first = SharedArray.copyOf(new byte[] {1});
            var second = SharedArray.copyOf(new byte[] {2});
            var third = SharedArray.copyOf(new byte[] {3});
            MemoryHandle its = MemoryPeek.handle(second);
            if (!MemoryPeek.handle(first).name().equals(its.name())
                    || !MemoryPeek.handle(third).name().equals(its.name())) {
                throw new AssertionError("small arrays of one worker share a slab");
            }
            return new MemoryHandle(
                    its.loan(), its.slab(), its.where(), its.name(), start, 1 << 20, 0, 1, (char) 0, false);
        });
        try (var region = new OpenRegion((SharedRegion) taken)) {
            assertThat(region.bytes()).containsExactly(2);
        }
    }

    private record OpenRegion(SharedRegion region) implements AutoCloseable {
        byte[] bytes() {
            return region.segment().toArray(ValueLayout.JAVA_BYTE);
        }

        @Override
        public void close() {
            region.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"100, 1", "0, 101", "0, 4096", "4096, 100", "-4096, 100"})
    void noNeighbourInASlabIsReached(long offset, long bytes) {
        assertThat(refusalOf(() -> {
                    var first = SharedArray.ofBytes(100);
                    var second = SharedArray.ofBytes(100);
                    var third = SharedArray.ofBytes(100);
                    first.set(0, (byte) 1);
                    third.set(0, (byte) 3);
                    return of(loan(second), offset, bytes, (char) 0);
                }))
                .contains("more shared memory than it was given");
    }

    @Test
    void anArrayThatIsCopiedOutIsItsSlotAndNoMore() {
        Object taken = takenFor(() -> {
            var first = SharedArray.copyOf(new byte[] {1, 1});
            var second = SharedArray.copyOf(new byte[] {2, 2});
            first.set(0, (byte) 1);
            return of(loan(second), -4096, 1 << 20, 'B');
        });
        assertThat(taken).isEqualTo(new byte[] {2, 2});
    }

    /** A slot that were free twice would be two arrays' at once. */
    @Test
    void aSlotThatIsGivenBackTwiceIsGivenToOne() {
        List<Long> starts = hostile.pool()
                .submit(() -> {
                    var first = SharedArray.ofBytes(1);
                    var second = SharedArray.ofBytes(1);
                    say(new MemoryMessage.Dropped(loan(first)));
                    say(new MemoryMessage.Dropped(loan(first)));
                    List<Long> taken =
                            new ArrayList<>(List.of(MemoryPeek.handle(second).start()));
                    for (int i = 0; i < 3; i++) {
                        taken.add(MemoryPeek.handle(SharedArray.ofBytes(1)).start());
                    }
                    return taken;
                })
                .result();
        assertThat(starts).hasSize(4).doesNotHaveDuplicates();
        hostile.assertUnharmed();
    }

    /** A task that writes past its array meets a fault in its worker, and no array of another. */
    @Test
    void aWorkerMapsNoNeighbourOfTheArrayThatItWasGiven() throws Exception {
        try (var before = SharedArray.ofBytes(1);
                var given = SharedArray.copyOf(new byte[] {7});
                var after = SharedArray.ofBytes(1)) {
            MemoryHandle handle = MemoryPeek.handle(given);
            assertThat(List.of(
                            MemoryPeek.handle(before).start(),
                            MemoryPeek.handle(after).start()))
                    .doesNotContain(handle.start());
            List<String> mapped = hostile.pool()
                    .submit(() -> {
                        given.set(0, (byte) 8);
                        return Files.readAllLines(Path.of("/proc/self/maps")).stream()
                                .filter(line -> line.contains("/memfd:pando-memory"))
                                .toList();
                    })
                    .result();
            assertThat(given.get(0)).isEqualTo((byte) 8);
            assertThat(mapped).singleElement().satisfies(line -> {
                String[] fields = line.split("[ -]+", 5);
                assertThat(Long.parseLong(fields[1], 16) - Long.parseLong(fields[0], 16))
                        .isEqualTo(SystemLimits.pageBytes());
                assertThat(Long.parseLong(line.split(" ")[2], 16)).isEqualTo(handle.start());
                assertThat(line).endsWith(handle.name());
            });
        }
    }
}
