/*
 * A task whose process dies is run again, on another worker; a task that throws is not.
 *
 * The first task kills its worker once: at its first attempt it leaves a mark in a file, and dies. The second kills
 * each worker that it gets, and is given up after the last attempt. The third throws, which would not help to repeat.
 */
import dev.pando.Pool;
import dev.pando.TaskFailedException;
import dev.pando.TaskFuture;
import dev.pando.WorkerLostException;
import dev.pando.process.Processes;

void main() throws IOException {
    Path folder = Files.createTempDirectory("pando-retries");
    String mark = folder.resolve("tried-once").toString(); // a text, as it is sent to the worker
    try (Pool pool = Pool.open(Processes.of(1))) {
        TaskFuture<String> page = pool.retries(2).submit(() -> render(mark));
        System.out.println(page.result() + ", at attempt " + page.info().attempts());

        TaskFuture<String> poison = pool.retries(2).submit(() -> dieAlways());
        try {
            poison.result();
        } catch (WorkerLostException e) {
            System.out.println("given up after attempt " + poison.info().attempts() + ": " + e.loss().reason());
        }

        TaskFuture<String> wrong = pool.retries(2).submit(() -> load("no-such-page"));
        try {
            wrong.result();
        } catch (TaskFailedException e) {
            System.out.println(e.getCause().getMessage() + ", at attempt " + wrong.info().attempts());
        }
    }
    Files.delete(Path.of(mark));
    Files.delete(folder);
}

/** May be done twice, because it asks what an earlier attempt has done. That is what every task to retry must do. */
static String render(String mark) throws IOException {
    if (!Files.exists(Path.of(mark))) {
        Files.createFile(Path.of(mark));
        Runtime.getRuntime().halt(1);
    }
    return "the page is rendered";
}

static String dieAlways() {
    Runtime.getRuntime().halt(2);
    return "this is never returned";
}

static String load(String page) throws IOException {
    throw new FileNotFoundException(page + " is not there");
}
