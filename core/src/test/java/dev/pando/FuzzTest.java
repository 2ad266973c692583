package dev.pando;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.pando.internal.codec.Codec;
import dev.pando.internal.codec.ResultFuzz;
import dev.pando.internal.process.launch.ArchiveFuzz;
import dev.pando.internal.process.wire.FrameFuzz;
import dev.pando.spi.UnsendableException.Direction;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What reads bytes of a worker, or of another user, under a fuzzer. Always: the corpus that a fuzzer guided by coverage
 * has found, and some mutations of it. With {@code -Pfull}: that fuzzer, Jazzer, for {@code -Dpando.fuzz.seconds} each.
 * It leaves what it found in {@code target/fuzz}, as a corpus to be kept.
 */
@EnabledOnOs(OS.LINUX)
class FuzzTest {
    private static final int MUTATIONS = 20;

    /** A method that is fed. */
    enum Target {
        FRAMES(FrameFuzz.class, FrameFuzz::fuzzerTestOneInput),
        RESULTS(ResultFuzz.class, ResultFuzz::fuzzerTestOneInput),
        ARCHIVES(ArchiveFuzz.class, ArchiveFuzz::fuzzerTestOneInput);

        private final Class<?> type;
        private final Eater eater;

        Target(Class<?> type, Eater eater) {
            this.type = type;
            this.eater = eater;
        }

        private String file() {
            return type.getSimpleName() + ".corpus";
        }

        private List<byte[]> corpus() throws IOException {
            List<byte[]> inputs = new ArrayList<>();
            try (var in = Objects.requireNonNull(FuzzTest.class.getResourceAsStream("/fuzz/" + file()), file())) {
                new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                        .lines()
                        .forEach(line -> inputs.add(Base64.getDecoder().decode(line)));
            }
            return inputs;
        }

        private void feed(byte[] input) {
            try {
                eater.eat(input);
            } catch (Throwable t) {
                throw new AssertionError(
                        this + " fails for " + Base64.getEncoder().encodeToString(input), t);
            }
        }
    }

    private interface Eater {
        void eat(byte[] input) throws Exception;
    }

    @ParameterizedTest
    @EnumSource
    @Timeout(120)
    void theCorpusIsRefusedOrRead(Target target) throws Exception {
        List<byte[]> corpus = target.corpus();
        assertThat(corpus).hasSizeGreaterThan(3);
        SplittableRandom random = new SplittableRandom();
        for (byte[] input : corpus) {
            target.feed(input);
            for (int i = 0; input.length > 0 && i < MUTATIONS; i++) {
                byte[] mutation = input.clone();
                for (int j = random.nextInt(4); j >= 0; j--) {
                    mutation[random.nextInt(mutation.length)] = (byte) random.nextInt();
                }
                target.feed(mutation);
            }
        }
    }

    @Test
    void theTrapIsThere() throws Exception {
        byte[] trap = new Codec().encode(new ResultFuzz.Trap(), Direction.RESULT);
        Target.RESULTS.feed(trap);
        new Codec().decode(trap, Direction.RESULT);
        assertThat(catchThrowable(() -> Target.RESULTS.feed(trap)))
                .as("what would be said if it were sprung")
                .isInstanceOf(AssertionError.class);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("full")
    @Timeout(value = 2, unit = TimeUnit.HOURS)
    void aFuzzerFindsNothing(Target target, @TempDir Path folder) throws Exception {
        Path seeds = Files.createDirectory(folder.resolve("seeds"));
        int number = 0;
        for (byte[] input : target.corpus()) {
            Files.write(seeds.resolve("seed-" + number++), input);
        }
        Process fuzzer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + target.type.getName(),
                        "--instrumentation_includes=dev.pando.**",
                        "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.*",
                        "--reproducer_path=" + folder,
                        "-artifact_prefix=" + folder + File.separator,
                        "-max_total_time=" + Integer.getInteger("pando.fuzz.seconds", 30),
                        "-timeout=60",
                        seeds.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(fuzzer.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(fuzzer.waitFor()).as(() -> said + found(folder)).isZero();
        assertThat(said).contains("Done ");
        keep(target, seeds);
        System.out.println(
                target + ": " + said.substring(said.lastIndexOf("Done ")).strip());
    }

    /** Returns the input that failed, for the corpus. */
    private static String found(Path folder) {
        StringBuilder inputs = new StringBuilder("\ninputs that fail:\n");
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                inputs.append(Base64.getEncoder().encodeToString(Files.readAllBytes(file)))
                        .append('\n');
            }
        } catch (IOException e) {
            inputs.append(e);
        }
        return inputs.toString();
    }

    private static void keep(Target target, Path seeds) throws IOException {
        TreeSet<String> lines = new TreeSet<>();
        try (Stream<Path> files = Files.list(seeds)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                lines.add(Base64.getEncoder().encodeToString(Files.readAllBytes(file)));
            }
        }
        Files.createDirectories(Path.of("target", "fuzz"));
        Files.write(Path.of("target", "fuzz", target.file()), lines);
    }
}
