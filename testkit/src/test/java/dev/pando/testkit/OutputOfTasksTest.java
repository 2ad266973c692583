package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.WorkerLostException;
import dev.pando.process.Output;
import dev.pando.process.Processes;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whatever is printed in a worker, by any code, arrives where it belongs and disturbs nothing. */
@Timeout(90)
class OutputOfTasksTest {
    @RegisterExtension
    final WorkerFixture workerFixture = new WorkerFixture();

    private final List<Output.Line> lines = new CopyOnWriteArrayList<>();

    private Processes one() {
        return Processes.of(1).heap("64m").jvmArgs(TestTasks.NATIVE).output(Output.to(lines::add));
    }

    private List<String> textsOf(String task) {
        return lines.stream()
                .filter(line -> line.task().orElse("").startsWith(task + "-"))
                .map(Output.Line::text)
                .toList();
    }

    private static int nativePrint(int descriptor, String text) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocateFrom(text);
            var type = FunctionDescriptor.of(
                    ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG);
            return (int) (long) TestTasks.c("write", type).invokeExact(descriptor, bytes, (long) text.length());
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    private static int nativePrintf(String text) {
        try (Arena arena = Arena.ofConfined()) {
            int _ = (int) TestTasks.c("puts", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS))
                    .invokeExact(arena.allocateFrom(text));
            return (int) TestTasks.c("fflush", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS))
                    .invokeExact(MemorySegment.NULL);
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    private static int childPrints(String text) throws Exception {
        return new ProcessBuilder("sh", "-c", "echo " + text + "; echo " + text + " >&2")
                .inheritIO()
                .start()
                .waitFor();
    }

    @Test
    void whoeverPrintsInATaskItsLinesAreTheTasks() {
        Pool pool = workerFixture.open(one());
        for (int round = 0; round < 5; round++) {
            String name = "task" + round;
            assertThat(pool.named(name)
                            .submit(() -> {
                                System.out.println("java out");
                                System.err.println("java err");
                                nativePrint(1, "native 1\n");
                                nativePrint(2, "native 2\n");
                                nativePrintf("stdio");
                                childPrints("child");
                                System.out.print("no line end");
                                return 5;
                            })
                            .result())
                    .isEqualTo(5);
        }
        pool.close();
        for (int round = 0; round < 5; round++) {
            List<String> texts = textsOf("task" + round);
            assertThat(texts.subList(0, 7))
                    .containsExactly("java out", "java err", "native 1", "native 2", "stdio", "child", "child");
            assertThat(texts.subList(7, texts.size()))
                    .singleElement()
                    .asString()
                    .startsWith("no line en"); // see Drain
        }
    }

    @Test
    void eachLineTellsItsStream() {
        Pool pool = workerFixture.open(one());
        pool.submit(() -> {
                    System.out.print("begun, ");
                    System.err.print("wor");
                    System.out.println("done");
                    System.err.println("ried\nand\ttold \u20ac" + "!".repeat(10_000));
                    new IllegalStateException("printed").printStackTrace();
                    System.out.println("last");
                })
                .result();
        pool.close();
        assertThat(lines)
                .filteredOn(line -> !line.error())
                .extracting(Output.Line::text)
                .containsExactly("begun, done", "last");
        List<String> errors =
                lines.stream().filter(Output.Line::error).map(Output.Line::text).toList();
        assertThat(errors.getFirst()).isEqualTo("worried");
        assertThat(errors.get(1) + errors.get(2)).isEqualTo("and\ttold \u20ac" + "!".repeat(10_000));
        assertThat(errors.get(3)).isEqualTo("java.lang.IllegalStateException: printed");
        assertThat(lines.getLast().text()).as("the order of both streams").isEqualTo("last");
    }

    @Test
    void theJvmsOwnWordsDisturbNobody() {
        Pool pool = workerFixture.open(
                one().jvmArgs("-Xlog:gc=info:stdout", "-XX:+PrintCommandLineFlags", "-Xlog:class+load=info:stderr"));
        for (int i = 0; i < 20; i++) {
            int number = i;
            assertThat(pool.submit(() -> {
                                System.gc();
                                return number;
                            })
                            .result())
                    .isEqualTo(i);
        }
        pool.close();
        assertThat(lines).extracting(Output.Line::text).anyMatch(text -> text.contains("Pause Full"));
    }

    @Test
    void theLastWordsAreTold() {
        Pool pool = workerFixture.open(one());
        pool.named("before").submit(() -> System.out.println("not these")).result();
        TaskFuture<Integer> task = pool.named("dying").submit(() -> {
            for (int i = 0; i < 100; i++) {
                System.out.println("word " + i);
            }
            System.out.print("and la");
            return TestTasks.halt();
        });
        assertThat(task.exception()).isInstanceOfSatisfying(WorkerLostException.class, lost -> {
            List<String> expected = new ArrayList<>(
                    IntStream.range(81, 100).mapToObj(i -> "word " + i).toList());
            expected.add("and la");
            assertThat(lost.loss().lastOutput()).isEqualTo(expected);
            assertThat(lost).hasMessageContaining("word 99").hasMessageContaining("and la");
        });
    }

    @Test
    void aHundredMegabytesArriveAndCostNoMemory() {
        AtomicLong bytes = new AtomicLong();
        Pool pool = workerFixture.open(
                one().output(Output.to(line -> bytes.addAndGet(line.text().length() + 1))));
        String line = "x".repeat(1023);
        assertThat(pool.submit(() -> {
                            for (int i = 0; i < 100 * 1024; i++) {
                                System.out.println(line);
                            }
                            return 5;
                        })
                        .result())
                .isEqualTo(5);
        pool.close();
        assertThat(bytes).hasValue(100L << 20);
    }

    @Test
    void aFloodWithoutALineEndArrivesToo() {
        AtomicLong bytes = new AtomicLong();
        Pool pool = workerFixture.open(
                one().output(Output.to(line -> bytes.addAndGet(line.text().length()))));
        String text = "x".repeat(1 << 20);
        pool.submit(() -> {
                    for (int i = 0; i < 20; i++) {
                        System.out.print(text);
                    }
                })
                .result();
        pool.close();
        assertThat(bytes).hasValue(20L << 20);
    }

    @Test
    void aConsumerThatThrowsCostsNoTask() {
        Pool pool = workerFixture.open(one().output(Output.to(line -> {
            lines.add(line);
            throw new IllegalStateException("no more of this");
        })));
        for (int i = 0; i < 10; i++) {
            assertThat(pool.submit(() -> System.out.println("a line")).exception())
                    .isNull();
        }
        pool.close();
        assertThat(lines).hasSize(10);
    }

    @Test
    void aTaskHasNothingToRead() {
        Pool pool = workerFixture.open(one());
        assertThat(pool.submit(() -> System.in.read()).result()).isEqualTo(-1);
        assertThat(pool.submit(() -> new ProcessBuilder("cat")
                                .redirectInput(ProcessBuilder.Redirect.INHERIT)
                                .start()
                                .waitFor())
                        .result())
                .isZero();
        assertThat(pool.submit(() -> 5).result()).isEqualTo(5);
    }

    @Test
    void aTaskThatClosesItsOutputHarmsNobody() {
        Pool pool = workerFixture.open(one());
        int pid = pool.submit(TestTasks::pid).result();
        pool.submit(() -> {
                    System.out.println("last");
                    System.out.close();
                    System.err.close();
                    System.in.close();
                    new FileOutputStream(FileDescriptor.out).close();
                    new FileOutputStream(FileDescriptor.err).close();
                })
                .result();
        for (int i = 0; i < 5; i++) {
            int number = i;
            assertThat(pool.submit(() -> {
                                System.out.println("unheard");
                                try (FileOutputStream file =
                                        new FileOutputStream("/dev/null")) { // takes the next free descriptor
                                    file.write(number);
                                }
                                return number;
                            })
                            .result())
                    .isEqualTo(i);
        }
        assertThat(pool.submit(TestTasks::pid).result()).isEqualTo(pid);
        pool.close();
        assertThat(lines).extracting(Output.Line::text).containsExactly("last");
    }

    @Test
    void whatATaskPutsInThePlaceOfTheOutputEndsWithTheTask() {
        Pool pool = workerFixture.open(one());
        pool.submit(() -> {
                    System.setOut(new PrintStream(OutputStream.nullOutputStream()));
                    System.out.println("unheard");
                })
                .result();
        pool.submit(() -> System.out.println("the next task")).result();
        assertThat(pool.submit(() -> nativePrint(1, "heard\n")).result()).isEqualTo(6);
        pool.close();
        assertThat(lines).extracting(Output.Line::text).containsExactly("the next task", "heard");
    }

    @Test
    void theLogNamesWorkerAndTask() {
        List<String> entries = new CopyOnWriteArrayList<>();
        Logger logger = Logger.getLogger("dev.pando.output");
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                entries.add(entry.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        try {
            Pool pool = workerFixture.open(one().output(Output.log()));
            pool.named("resize").submit(() -> System.out.println("hello")).result();
            pool.close();
            assertThat(entries).containsExactly("[" + pool.stats().name() + "-1 resize-1] hello");
        } finally {
            logger.removeHandler(handler);
        }
    }

    @Test
    void nobodyHearsWhatIsDiscardedUnlessItsWorkerDies() {
        Pool pool = workerFixture.open(one().output(Output.discard()));
        Throwable thrown = pool.submit(() -> {
                    System.out.println("farewell");
                    return TestTasks.halt();
                })
                .exception();
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        WorkerLostException.class,
                        lost -> assertThat(lost.loss().lastOutput()).containsExactly("farewell"));
    }
}
