/*
 * A pipeline of three stages, each in a process of its own.
 *
 * The first makes words, the second turns them round, the third counts their letters. A queue lies between two
 * neighbours; each stage closes its own output when its input is at an end, so that the end travels down the line.
 */
import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.process.Processes;
import dev.pando.shared.SharedQueue;

void main() {
    try (Pool pool = Pool.open(Processes.of(3))) {
        SharedQueue<String> words = pool.shared().queue(8);
        SharedQueue<String> turned = pool.shared().queue(8);

        TaskFuture<Integer> making = pool.submit(() -> make(words));
        TaskFuture<Integer> turning = pool.submit(() -> turn(words, turned));
        TaskFuture<String> counting = pool.submit(() -> count(turned));

        System.out.println("made " + making.result() + ", turned " + turning.result());
        System.out.println(counting.result());
    }
}

static int make(SharedQueue<String> words) throws InterruptedException {
    List<String> all = List.of("stressed", "drawer", "lager", "deliver");
    for (int i = 0; i < 100; i++) {
        words.put(all.get(i % all.size()));
    }
    words.close();
    return 100;
}

static int turn(SharedQueue<String> words, SharedQueue<String> turned) throws InterruptedException {
    int count = 0;
    for (String word : words) {
        turned.put(new StringBuilder(word).reverse().toString());
        count++;
    }
    turned.close();
    return count;
}

static String count(SharedQueue<String> turned) {
    int letters = 0;
    Set<String> seen = new TreeSet<>();
    for (String word : turned) {
        letters += word.length();
        seen.add(word);
    }
    return letters + " letters in " + seen;
}
