package dev.pando.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Pool;
import dev.pando.process.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The classes that a worker loads until it is ready, because an unneeded class costs time at every start. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("processes")
class LightStartTest {
    private static final Pattern CLASS = Pattern.compile("\\[class,load *] (\\S+) source: (.*)");

    /** The rehearsing thread loads this class right after the worker has said that it is ready. */
    private static final String READY = "dev.pando.internal.process.child.WarmUp";

    /** How many of our classes may load. Raise it for a reason; a class costs a quarter of a millisecond. */
    private static final int MOST = 35;

    private List<String> loaded;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        Path log = folder.resolve("classes");
        Processes ready = Processes.of(1).eager().jvmArgs("-Xlog:class+load=info:file=" + log + ":tags");
        try (Pool pool = Pool.open(ready)) {
            while (!Files.exists(log) || !Files.readString(log).contains(READY + " source")) {
                LockSupport.parkNanos(1_000_000); // a worker that has a task by then does not rehearse
            }
            assertThat(pool.submit(() -> 42).result()).isEqualTo(42);
        }
        try (var lines = Files.lines(log)) {
            loaded = lines.map(CLASS::matcher)
                    .filter(Matcher::find)
                    .map(found -> found.group(1))
                    .takeWhile(name -> !name.equals(READY))
                    .toList();
        }
        assertThat(Files.readString(log)).contains(READY + " source");
        assertThat(loaded)
                .contains("dev.pando.internal.process.child.WorkerMain", "dev.pando.internal.process.child.TaskRunner");
    }

    private void none(String why, String... beginnings) {
        for (String beginning : beginnings) {
            assertThat(loaded).as(why).noneMatch(name -> name.startsWith(beginning));
        }
    }

    @Test
    void noSocketNoChannelNoForeignMemory() {
        none(
                "20 ms each",
                "java.net.Socket",
                "sun.nio.ch.SocketChannel",
                "sun.nio.ch.FileChannelImpl",
                "java.lang.foreign.Arena",
                "java.lang.foreign.Linker",
                "jdk.internal.foreign.abi.AbstractLinker");
    }

    @Test
    void nothingThatIsConvenientAndSlow() {
        none(
                "milliseconds each",
                "java.util.regex.Pattern",
                "java.util.stream.",
                "java.lang.invoke.StringConcatFactory",
                "java.lang.runtime.",
                "java.lang.invoke.LambdaMetafactory",
                "java.lang.invoke.InnerClassLambdaMetafactory",
                "java.lang.System$Logger",
                "java.util.concurrent.ForkJoinPool",
                "java.lang.invoke.VarHandleByteArray");
    }

    @Test
    void nothingOfTheLongWay() {
        none(
                "what comes the short way needs no streams",
                "java.io.ObjectInputStream",
                "java.io.ObjectOutputStream",
                "dev.pando.internal.codec.CodecObjectInput",
                "dev.pando.internal.codec.CodecObjectOutput",
                "dev.pando.internal.codec.StandInException");
    }

    @Test
    void noMessageThatWasNotSaid() {
        assertThat(loaded)
                .filteredOn(name -> name.startsWith("dev.pando.internal.process.wire.Message$"))
                .doesNotContain(
                        "dev.pando.internal.process.wire.Message$Grant",
                        "dev.pando.internal.process.wire.Message$NotSendable",
                        "dev.pando.internal.process.wire.Message$Seen",
                        "dev.pando.internal.process.wire.Message$Thrown");
    }

    @Test
    void noOtherOperatingSystem() {
        none(
                "there is one",
                "dev.pando.internal.process.os.PlainJavaSystem",
                "dev.pando.internal.process.os.LinuxProcessTree",
                "dev.pando.internal.process.os.ProcFs");
    }

    @Test
    void fewOfOurs() {
        assertThat(loaded).filteredOn(name -> name.startsWith("dev.pando.")).hasSizeLessThanOrEqualTo(MOST);
    }
}
