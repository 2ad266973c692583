package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pando.ContextCarrier;
import dev.pando.NotSendableException;
import dev.pando.Pool;
import dev.pando.Task;
import dev.pando.TaskFuture;
import dev.pando.TaskTimeoutException;
import dev.pando.WorkerLoss;
import dev.pando.WorkerLostException;
import dev.pando.process.Output;
import dev.pando.process.Processes;
import dev.pando.process.SharedArray;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TimeZone;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code that docs/processes.md shows stands here, and does what the page says. */
class ProcessesPageTest {
    private static final Path PAGE = Path.of("../docs/processes.md");
    private static final Path HERE = Path.of("src/test/java/dev/pando/testkit/ProcessesPageTest.java");

    private static final Pattern CODE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    record Page(String address, int length) implements Serializable {}

    static final class Sums {
        static long upTo(long last) {
            return last * (last + 1) / 2;
        }
    }

    static final class Shop {
        private final Connection connection = new Connection();
        private final double tax = 0.2;

        double bill(Pool pool) {
            return pool.submit(() -> 100 * (1 + tax)).result();
        }

        double billOfAShopThatStaysAtHome(Pool pool) {
            double rate = tax;
            return pool.submit(() -> 100 * (1 + rate)).result();
        }
    }

    static final class Connection {}

    static final ScopedValue<String> USER = ScopedValue.newInstance();
    static final ThreadLocal<@Nullable String> TRACE = new ThreadLocal<>();

    static int visits;

    static void brighten(SharedArray.OfDouble part) {
        for (long i = 0; i < part.length(); i++) {
            part.set(i, part.get(i) + 1);
        }
    }

    @Test
    void aSharedArrayIsTheSameEverywhere() {
        try (Pool pool = Pool.open(Processes.of(2))) {
            try (var image = SharedArray.ofDoubles(1_000_000)) {
                long half = image.length() / 2;
                var upper = pool.submit(() -> brighten(image.slice(0, half)));
                var lower = pool.submit(() -> brighten(image.slice(half, image.length())));
                upper.result();
                lower.result();
                double corner = image.get(999_999);
                assertThat(corner).isEqualTo(1);
            }
        }
    }

    @Test
    void everyFragmentOnThePageStandsHere() throws IOException {
        String here = bare(Files.readString(HERE));
        List<String> fragments = CODE.matcher(Files.readString(PAGE))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(fragments)
                .isNotEmpty()
                .allSatisfy(fragment -> assertThat(here).contains(bare(fragment)));
    }

    /** Returns the code without its layout, which depends on where it stands. */
    private static String bare(String code) {
        return code.replaceAll("\\s+", " ").strip();
    }

    @Test
    void aTaskRunsElsewhere() {
        List<Object> printed = new ArrayList<>();
        try (Pool pool = Pool.open(Processes.of(4))) {
            TaskFuture<Long> sum = pool.submit(() -> Sums.upTo(100_000));
            printed.add(sum.result());
        }
        assertThat(printed).containsExactly(5_000_050_000L);
    }

    @Test
    void whatCannotTravelIsNamed() throws IOException {
        try (Pool pool = Pool.open(Processes.of(1))) {
            var refused = catchThrowableOfType(NotSendableException.class, () -> new Shop().bill(pool));
            String told = refused.getMessage().replaceAll("[\\w.]*ProcessesPageTest[.$]", "");
            assertThat(bare(Files.readString(PAGE).replace("\n> ", " "))).contains(told);
            assertThat(new Shop().billOfAShopThatStaysAtHome(pool)).isEqualTo(120);
        }
    }

    @Test
    void theContextOfTheSubmittingThreadIsCarried() {
        try (Pool pool = Pool.with(Processes.of(2))
                .carry(ContextCarrier.of(() -> USER)) // a ScopedValue
                .carry(ContextCarrier.of(() -> TRACE.get(), trace -> TRACE.set(trace))) // a ThreadLocal
                .open()) {
            TRACE.set("t-1");
            Task<String> look = () -> USER.orElse("nobody") + " " + TRACE.get();
            var ofAnn = ScopedValue.where(USER, "ann").call(() -> pool.submit(look));
            TRACE.remove();
            assertThat(ofAnn.result()).isEqualTo("ann t-1");
            assertThat(pool.submit(look).result()).isEqualTo("nobody null");
        }
    }

    @Test
    void staticFieldsStayAtHome() {
        visits = 7;
        try (Pool pool = Pool.open(Processes.of(1))) {
            int there = pool.submit(() -> visits).result();
            int now = visits;
            int sent = pool.submit(() -> now).result();
            assertThat(List.of(there, sent)).containsExactly(0, 7);
        }
    }

    @Test
    void everyWorkerHasAWorldOfItsOwn() {
        Processes workers = Processes.of(2)
                .environment(Map.of("STAGE", "test"))
                .properties(Map.of("shop.currency", "EUR"))
                .locale(Locale.GERMANY)
                .timeZone(TimeZone.getTimeZone("Asia/Tokyo"))
                .directory(folder)
                .initializer(() -> Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT));
        try (Pool pool = Pool.open(workers)) {
            assertThat(pool.submit(() -> System.getenv("STAGE")
                                    + System.getProperty("shop.currency")
                                    + Locale.getDefault()
                                    + TimeZone.getDefault().getID())
                            .result())
                    .isEqualTo("testEURde_DEAsia/Tokyo");
            assertThat(pool.submit(() ->
                                    Locale.getDefault(Locale.Category.FORMAT).toString())
                            .result())
                    .isEmpty();
            assertThat(Path.of(pool.submit(() -> System.getProperty("user.dir")).result()))
                    .isEqualTo(folder);
        }
    }

    @Test
    void aTaskThatDoesNotStopIsStopped() {
        try (Pool pool = Pool.open(Processes.of(1).grace(Duration.ofMillis(200)))) {
            TaskFuture<Long> endless = pool.timeout(Duration.ofSeconds(1)).submit(() -> countForEver());
            try {
                endless.result();
            } catch (TaskTimeoutException e) {
                StackTraceElement where = e.stuckAt()[0];
                assertThat(where.getMethodName()).isEqualTo("countForEver");
            }
            assertThat(endless.exception()).isInstanceOf(TaskTimeoutException.class);
        }
    }

    private static long countForEver() {
        long count = 0;
        while (true) {
            count = count * 31 + 7;
        }
    }

    @Test
    void aDeathIsExplained() {
        try (Pool pool = Pool.open(Processes.of(1))) {
            TaskFuture<Integer> lost = pool.submit(() -> {
                Runtime.getRuntime().halt(3);
                return 1;
            });
            List<Object> printed = new ArrayList<>();
            try {
                lost.result();
            } catch (WorkerLostException e) {
                WorkerLoss loss = e.loss();
                printed.addAll(List.of(loss.reason(), loss.exitCode(), loss.progress(), loss.lastOutput()));
            }
            assertThat(printed.getFirst()).isEqualTo("it ended without a word, as by Runtime.halt or a native exit");
            assertThat(pool.submit(() -> 1).result()).isEqualTo(1);
        }
    }

    @Test
    void aLostTaskIsTriedAgainIfYouSaySo() throws IOException {
        String marker = folder.resolve("was-here").toString();
        try (Pool pool = Pool.open(Processes.of(1))) {
            TaskFuture<Page> page = pool.retries(2).submit(() -> load(marker));
            assertThat(page.result()).isEqualTo(new Page(marker, 12));
            assertThat(page.info().attempts()).isEqualTo(2);
        }
    }

    /** Kills its worker the first time. */
    private static Page load(String marker) throws IOException {
        if (Files.exists(Path.of(marker))) {
            return new Page(marker, 12);
        }
        Files.createFile(Path.of(marker));
        Runtime.getRuntime().halt(1);
        return new Page(marker, 0);
    }

    @Test
    void memoryAndAgeAreCapped() {
        Processes workers = Processes.of(4)
                .heap("512m") // -Xmx of each worker
                .memory("1g") // heap and all the rest: one that holds more is killed
                .recycleAbove("800m") // one that holds more after a task goes home
                .recycleAfter(1_000) // so does one that has done so many tasks
                .spares(1); // and another is ready to take its place
        try (Pool pool = Pool.open(workers)) {
            assertThat(pool.submit(() -> Runtime.getRuntime().maxMemory() <= 512L << 20)
                            .result())
                    .isTrue();
        }
    }

    @Test
    void linesGoWhereYouSay() {
        Queue<String> lines = new ConcurrentLinkedQueue<>();
        Processes workers = Processes.of(2)
                .output(Output.to(line -> lines.add(line.task().orElse("no task") + ": " + line.text())));
        try (Pool pool = Pool.open(workers)) {
            pool.named("greeting").submit(() -> System.out.println("hello")).result();
        }
        assertThat(lines).containsExactly("greeting-1: hello");
    }

    @Test
    void recordsGoToTheLogOfTheProgram() {
        Processes workers = Processes.of(2).output(Output.logging());
        List<String> records = new CopyOnWriteArrayList<>();
        Logger shop = Logger.getLogger("shop");
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                records.add(record.getLevel() + " " + record.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        shop.addHandler(handler);
        try (Pool pool = Pool.open(workers)) {
            pool.submit(() -> System.getLogger("shop").log(System.Logger.Level.WARNING, "sold out"))
                    .result();
        } finally {
            shop.removeHandler(handler);
        }
        assertThat(records).containsExactly("WARNING sold out");
    }

    @Test
    void resultsAreLetInByName() {
        Processes workers = Processes.of(4).accept("com.acme.pages.*");
        assertThat(workers).hasToString("Processes.of(4).accept(\"com.acme.pages.*\")");
    }

    @Test
    void workersAreThereBeforeTheFirstTask() {
        try (Pool pool = Pool.open(Processes.of(2).eager())) {
            assertThat(pool.submit(() -> 1).result()).isEqualTo(1);
        }
    }
}
