package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.Pool;
import dev.pando.PoolBrokenException;
import dev.pando.process.Output;
import dev.pando.process.Processes;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The environment of a worker, as the options of the pool set it. */
@Timeout(120)
class WorkerWorldTest {
    @RegisterExtension
    final Pools pools = new Pools();

    private Pool open(Processes workers) {
        return pools.open(Pool.with(workers).named(pools.name()));
    }

    private static List<String> arguments() {
        return new ArrayList<>(ManagementFactory.getRuntimeMXBean().getInputArguments());
    }

    @Test
    void variablesAreAddedToThoseOfThisProgram() {
        ProgramWorkshop.assumeForeignLetters();
        Pool pool = open(Processes.of(1)
                .environment(Map.of("COLOUR", "grün", "EMPTY", ""))
                .environment(Map.of("SIZE", "7")));
        assertThat(pool.submit(() -> System.getenv("COLOUR") + System.getenv("EMPTY") + System.getenv("SIZE"))
                        .result())
                .isEqualTo("grün7");
        assertThat(pool.submit(() -> System.getenv("PATH")).result()).isEqualTo(System.getenv("PATH"));
    }

    @Test
    void aVariableThatCanHaveNoSuchNameIsRefusedAtOnce() {
        Processes workers = Processes.of(1);
        assertThatThrownBy(() -> workers.environment(Map.of("a=b", "")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a=b");
        assertThatThrownBy(() -> workers.environment(Map.of("", ""))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> workers.environment(Map.of("a\0b", ""))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> workers.environment(Map.of("a", "\0"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void propertiesAreThereWhateverIsInThem() {
        ProgramWorkshop.assumeForeignLetters();
        Pool pool = open(Processes.of(1).properties(Map.of("k", "a b=c \"'$HOME\\ ü", "empty", "")));
        assertThat(pool.submit(() -> System.getProperty("k")).result()).isEqualTo("a b=c \"'$HOME\\ ü");
        assertThat(pool.submit(() -> System.getProperty("empty")).result()).isEmpty();
    }

    @Test
    void theZoneIsTheWorkersOwn() {
        Pool pool = open(Processes.of(1).timeZone(TimeZone.getTimeZone("Asia/Kathmandu")));
        assertThat(pool.submit(() -> TimeZone.getDefault().getID()).result()).isEqualTo("Asia/Kathmandu");
        Pool offset = open(Processes.of(1).timeZone(TimeZone.getTimeZone("GMT+05:45")));
        assertThat(offset.submit(() -> TimeZone.getDefault().getRawOffset()).result())
                .isEqualTo((5 * 60 + 45) * 60_000);
    }

    @Test
    void theLocaleIsTheWorkersOwnInEveryRespect() {
        for (String tag : List.of("de-CH", "th-TH-u-ca-buddhist-nu-thai", "zh-Hant-TW", "und", "sl-IT-nedis")) {
            Pool pool = open(Processes.of(1).locale(Locale.forLanguageTag(tag)));
            assertThat(pool.submit(() -> Locale.getDefault().toLanguageTag() + " "
                                    + Locale.getDefault(Locale.Category.DISPLAY).toLanguageTag() + " "
                                    + Locale.getDefault(Locale.Category.FORMAT).toLanguageTag())
                            .result())
                    .isEqualTo(tag + " " + tag + " " + tag);
        }
    }

    @Test
    void theLastArgumentWins() {
        Pool pool = open(Processes.of(1)
                .heap("64m")
                .processors(2)
                .properties(Map.of("k", "first"))
                .jvmArgs("-Xmx48m", "-XX:ActiveProcessorCount=3", "-Dk=second")
                .jvmArgs("-Dk=third"));
        assertThat(pool.submit(() -> Runtime.getRuntime().availableProcessors() + System.getProperty("k"))
                        .result())
                .isEqualTo("3third");
        assertThat(pool.submit(() -> Runtime.getRuntime().maxMemory()).result()).isBetween(40L << 20, 48L << 20);
    }

    @Test
    void anotherCollectorTakesThePlaceOfTheUsualOne() {
        for (String collector : List.of("-XX:+UseG1GC", "-XX:+UseParallelGC", "-XX:+UseZGC")) {
            Pool pool = open(Processes.of(1).jvmArgs(collector));
            assertThat(pool.submit(() -> arguments().stream()
                                    .filter(argument -> argument.matches("-XX:.Use\\w+GC"))
                                    .toList()
                                    .toString())
                            .result())
                    .isEqualTo("[" + collector + "]");
        }
    }

    @Test
    void anArgumentThatTheJvmDoesNotKnowBreaksThePoolInTheWordsOfTheJvm() {
        List<String> printed = new CopyOnWriteArrayList<>();
        Pool pool =
                open(Processes.of(4).jvmArgs("-XX:+UseTheForce").output(Output.to(line -> printed.add(line.text()))));
        assertThatThrownBy(() -> pool.submit(() -> 1).result())
                .isInstanceOf(PoolBrokenException.class)
                .hasMessageContaining("Unrecognized VM option 'UseTheForce'");
    }

    @Test
    void anArgumentThatMakesTheJvmDoSomethingElseBreaksThePool() {
        Pool pool = open(Processes.of(1).jvmArgs("--version").output(Output.discard()));
        assertThatThrownBy(() -> pool.submit(() -> 1).result())
                .isInstanceOf(PoolBrokenException.class)
                .hasMessageContaining("ended before it was ready, exit code 0")
                .hasMessageContaining("openjdk");
    }

    @Test
    void whatTheJvmSaysOfItselfDoesNotDisturbTheChannel() {
        List<String> printed = new CopyOnWriteArrayList<>();
        try (Pool pool = Pool.open(Processes.of(1)
                .jvmArgs("-Xlog:gc*:stdout", "-XX:+PrintFlagsFinal", "-XX:+PrintCommandLineFlags")
                .output(Output.to(line -> printed.add(line.text()))))) {
            assertThat(pool.submit(() -> {
                                System.gc();
                                return "fine";
                            })
                            .result())
                    .isEqualTo("fine");
        }
        assertThat(printed)
                .anyMatch(line -> line.contains("MaxHeapSize"))
                .anyMatch(line -> line.contains("Pause Full"));
    }

    @Test
    void aWorkerSeesItsShareOfTheProcessorsSoThatNestedParallelismDoesNotMultiply() {
        Pool many = open(Processes.of(Runtime.getRuntime().availableProcessors() * 2));
        assertThat(many.submit(() -> Runtime.getRuntime().availableProcessors()).result())
                .isEqualTo(1);
        assertThat(many.submit(() -> {
                            ForkJoinPool common = ForkJoinPool.commonPool();
                            long sum = IntStream.range(0, 10_000)
                                    .parallel()
                                    .asLongStream()
                                    .sum();
                            return sum + " by " + common.getParallelism();
                        })
                        .result())
                .isEqualTo("49995000 by 1");
        Pool told = open(Processes.of(1).processors(5));
        assertThat(told.submit(() -> Runtime.getRuntime().availableProcessors() + " "
                                + ForkJoinPool.commonPool().getParallelism())
                        .result())
                .isEqualTo("5 4");
    }

    @Test
    void theHeapIsAsLargeAsWasSaid() {
        Pool pool = open(Processes.of(1).heap("40m"));
        assertThat(pool.submit(() -> Runtime.getRuntime().maxMemory()).result()).isBetween(32L << 20, 40L << 20);
    }

    @Test
    void theDirectoryIsTheWorkersOwn(@TempDir Path folder) throws Exception {
        ProgramWorkshop.assumeForeignLetters();
        Path place = Files.createDirectories(folder.resolve("a ü/b"));
        Pool pool = open(Processes.of(1).directory(place));
        assertThat(pool.submit(() -> Path.of("made").toAbsolutePath().toString())
                        .result())
                .isEqualTo(place.toRealPath().resolve("made").toString());
        pool.submit(() ->
                        Files.writeString(Path.of("made"), "here").getFileName().toString())
                .result();
        assertThat(place.resolve("made")).hasContent("here");
    }

    @Test
    void aDirectoryThatIsNotThereIsNamed(@TempDir Path folder) throws Exception {
        Pool missing = open(Processes.of(2).directory(folder.resolve("missing")));
        assertThatThrownBy(() -> missing.submit(() -> 1).result())
                .isInstanceOf(PoolBrokenException.class)
                .hasMessageContaining("its directory " + folder.resolve("missing") + " does not exist");
        Pool file = open(Processes.of(2).directory(Files.createFile(folder.resolve("file"))));
        assertThatThrownBy(() -> file.submit(() -> 1).result())
                .isInstanceOf(PoolBrokenException.class)
                .hasMessageContaining("its directory " + folder.resolve("file") + " is none");
    }

    @Test
    void anotherJavaMayRunTheWorkers(@TempDir Path folder) throws Exception {
        Path java = folder.resolve("my java");
        Files.writeString(java, "#!/bin/sh\nGREETING=hello exec '" + ProgramWorkshop.tool("java") + "' \"$@\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Pool pool = open(Processes.of(1).java(java));
        assertThat(pool.submit(() -> System.getenv("GREETING")).result()).isEqualTo("hello");
    }

    @Test
    void aJavaThatIsNoneIsNamedWithTheWayOut(@TempDir Path folder) throws Exception {
        for (Path java : List.of(folder.resolve("missing"), folder, Files.createFile(folder.resolve("data")))) {
            Pool pool = open(Processes.of(2).java(java));
            assertThatThrownBy(() -> pool.submit(() -> 1).result())
                    .isInstanceOf(PoolBrokenException.class)
                    .hasMessageContaining("no java to run it with: " + java + " cannot be executed")
                    .hasMessageContaining("java(path)");
        }
    }
}
