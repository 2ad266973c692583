/*
 * A task with many results, which are read while it goes on.
 *
 * The parser runs in a process of its own. It waits while the reader is far behind, and ends when the reader has read
 * enough.
 */
import dev.pando.Pool;
import dev.pando.Sink;
import dev.pando.process.Processes;

record Row(int number, String text) implements Serializable {}

void main() {
    try (Pool pool = Pool.open(Processes.of(1));
            Stream<Row> rows = pool.stream((String name, Sink<Row> out) -> parse(name, out), "lines")) {
        rows.filter(row -> row.number() % 1_000 == 0).limit(3).forEach(row -> System.out.println(row.text()));
    }
}

/** Stands for a parser of an endless file. */
static void parse(String name, Sink<Row> out) throws InterruptedException {
    for (int number = 1; ; number++) {
        out.send(new Row(number, "row " + number + " of " + name));
    }
}
