package dev.pando.lab.experiment;

import dev.pando.Fn;
import dev.pando.Pool;
import dev.pando.lab.result.ChartData;
import dev.pando.lab.result.ExperimentResult;
import dev.pando.lab.result.MeasuredAmount;
import dev.pando.lab.result.ResultTable;
import dev.pando.lab.result.TimingSample;
import dev.pando.local.Caller;
import dev.pando.local.Threads;
import dev.pando.local.Virtual;
import dev.pando.spi.Backend;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Files and a database, an embedded H2 on this disk: what do more workers gain where the disk must answer? */
final class StorageExperiment implements Experiment {
    private static final int KILOBYTES = 16;

    /** The times of three kinds of work in one way. */
    record Way(double reading, double writing, double database) {}

    @Override
    public String name() {
        return "storage";
    }

    @Override
    public int steps() {
        return 9;
    }

    @Override
    public ExperimentResult run(ExperimentContext experimentContext) throws Exception {
        FindingCollector found = new FindingCollector(this, experimentContext);
        Path folder = Files.createTempDirectory("pando-lab");
        int count = (int) experimentContext.pick(4, 64, 400);
        Map<String, Backend> backends = new LinkedHashMap<>();
        backends.put("one after the other", Caller.inline());
        backends.put("8 threads", Threads.of(8));
        backends.put("virtual threads", Virtual.unlimited());
        Map<String, Way> ways = new LinkedHashMap<>();
        String address = "jdbc:h2:file:" + folder.resolve("lab").toAbsolutePath();
        try (Connection keeper = DriverManager.getConnection(address)) { // the database lives as long as one is open
            execute(keeper, "create table visit(id identity, page int)");
            for (var way : backends.entrySet()) {
                try (Pool pool = experimentContext
                        .with(way.getKey().replace(' ', '-'), way.getValue())
                        .open()) {
                    experimentContext.step("storage.step.reading", way.getKey());
                    TimingSample reading = sampled(experimentContext, found, pool, "read", n -> read(folder, n), count);
                    experimentContext.step("storage.step.writing", way.getKey());
                    TimingSample writing =
                            sampled(experimentContext, found, pool, "write", n -> write(folder, n), count);
                    experimentContext.step("storage.step.database", way.getKey());
                    TimingSample base =
                            sampled(experimentContext, found, pool, "insert", n -> insert(address, n), count);
                    ways.put(way.getKey(), new Way(reading.median(), writing.median(), base.median()));
                }
            }
            long expected = (long) count * (experimentContext.runs() + 1) * backends.size();
            found.fact("storage.fact.every-transaction-every-way-in", rows(keeper) == expected);
            execute(keeper, "drop all objects delete files");
        } finally {
            remove(folder);
        }
        tell(found, count, ways);
        return found.experimentResult();
    }

    private static TimingSample sampled(
            ExperimentContext experimentContext,
            FindingCollector found,
            Pool pool,
            String name,
            Fn<Integer, Long> work,
            int count)
            throws Exception {
        List<Integer> numbers = IntStream.range(0, count).boxed().toList();
        return found.sampled(experimentContext.measure(experimentContext.runs(), () -> {
            try (Stream<Long> all = pool.named(name).mapping(work).chunk(1).over(numbers)) {
                return all.mapToLong(Long::longValue).sum();
            }
        }));
    }

    private static long read(Path folder, int number) throws IOException {
        Path file = folder.resolve("read-" + number);
        if (!Files.exists(file)) {
            Files.write(file, new byte[KILOBYTES * 1024]);
        }
        long sum = 0;
        for (byte one : Files.readAllBytes(file)) {
            sum += one;
        }
        return sum;
    }

    /** Returns when the disk has it. */
    private static long write(Path folder, int number) throws IOException {
        try (FileChannel file = FileChannel.open(
                folder.resolve("write-" + number), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.allocate(KILOBYTES * 1024));
            file.force(true);
            return file.size();
        }
    }

    private static long insert(String address, int number) throws SQLException {
        try (Connection connection = DriverManager.getConnection(address);
                PreparedStatement insert = connection.prepareStatement("insert into visit(page) values (?)")) {
            insert.setInt(1, number);
            return insert.executeUpdate();
        }
    }

    private static long rows(Connection connection) throws SQLException {
        try (PreparedStatement count = connection.prepareStatement("select count(*) from visit");
                ResultSet answer = count.executeQuery()) {
            return answer.next() ? answer.getLong(1) : -1;
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.execute();
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
    }

    /** Writes what follows from the times of the ways: one after the other, threads, virtual threads. Pure. */
    static void tell(FindingCollector found, int count, Map<String, Way> ways) {
        var table = ResultTable.of(
                        found.text("storage.title", count, count),
                        "way",
                        "read files",
                        "write and force",
                        "transactions")
                .bar("write and force");
        ways.forEach((name, way) -> table.row(
                name,
                MeasuredAmount.nanos(way.reading),
                MeasuredAmount.nanos(way.writing),
                MeasuredAmount.nanos(way.database)));
        found.table(table);
        found.chart(ChartData.bars("Files and transactions", "way", "milliseconds")
                .labels(List.copyOf(ways.keySet()))
                .series(
                        "read",
                        ways.values().stream().map(way -> way.reading / 1e6).toList())
                .series(
                        "write",
                        ways.values().stream().map(way -> way.writing / 1e6).toList())
                .series(
                        "transactions",
                        ways.values().stream().map(way -> way.database / 1e6).toList()));
        List<Way> all = List.copyOf(ways.values());
        Way alone = all.getFirst();
        Way threads = all.get(1);
        found.expected("storage.expected");
        found.measured(
                "storage.measured",
                SpeedWords.fast(alone.reading / threads.reading),
                SpeedWords.fast(alone.writing / threads.writing),
                SpeedWords.fast(alone.database / threads.database));
        found.verdict(SpeedWords.missing(
                SpeedWords.faster(threads.writing, alone.writing),
                found.text("storage.missing.writing-gained-nothing-this-disk")));
        found.why("storage.why");
    }
}
