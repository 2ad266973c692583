/*
 * A long task says how far it is, and the program shows it.
 *
 * The task runs in a process of its own. At most a hundred messages a second travel; the last always does.
 */
import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.Worker;
import dev.pando.process.Processes;

void main() {
    try (Pool pool = Pool.open(Processes.of(1))) {
        TaskFuture<Integer> pages = pool.named("render").submit(() -> render(200));
        pages.onProgress(now -> System.out.printf(Locale.ROOT, "%3.0f %% %s%n", 100 * now.fraction(), now.text()));
        System.out.println(pages.result() + " pages");
        System.out.println("last: " + pages.info().progress().orElseThrow().text());
    }
}

static int render(int pages) {
    for (int page = 1; page <= pages; page++) {
        for (double ink = 0; ink < 300_000; ink++) {
            Math.sqrt(ink);
        }
        Worker.progress((double) page / pages, "page " + page + " of " + pages);
    }
    return pages;
}
