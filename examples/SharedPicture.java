/*
 * One picture in memory that four processes share: each paints its quarter, and no point is copied.
 *
 * Pando seals the memory by native calls, so start the program with java --enable-native-access=ALL-UNNAMED, or the JVM
 * prints a warning. Without a shared array each process would send its quarter back, which costs a copy.
 */
import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.process.Processes;
import dev.pando.process.SharedArray;

static final int WIDTH = 64;
static final int HEIGHT = 32;
static final int PARTS = 4;
static final int MOST = 200;

void main() {
    try (Pool pool = Pool.open(Processes.of(PARTS));
            SharedArray.OfInt picture = SharedArray.ofInts(WIDTH * HEIGHT)) {
        List<TaskFuture<Integer>> parts = new ArrayList<>();
        int rows = HEIGHT / PARTS;
        for (int top = 0; top < HEIGHT; top += rows) {
            int first = top;
            SharedArray.OfInt part = picture.slice(first * WIDTH, (first + rows) * WIDTH);
            parts.add(pool.submit(() -> paint(part, first)));
        }
        int painted = 0;
        for (TaskFuture<Integer> part : parts) {
            painted += part.result(); // what a worker wrote is here when its task is done
        }

        for (int y = 0; y < HEIGHT; y += 2) {
            StringBuilder line = new StringBuilder();
            for (int x = 0; x < WIDTH; x++) {
                line.append(picture.get(y * WIDTH + x) == MOST ? '#' : '.');
            }
            System.out.println(line);
        }
        System.out.println(painted + " points, painted by " + PARTS + " processes");
    }
}

/** Paints some rows of the Mandelbrot set: for each point, after how many steps it has left the circle. */
static int paint(SharedArray.OfInt part, int top) {
    for (int i = 0; i < part.length(); i++) {
        double a = i % WIDTH * 3.0 / WIDTH - 2.2;
        double b = (top + i / WIDTH) * 2.4 / HEIGHT - 1.2;
        double x = 0;
        double y = 0;
        int steps = 0;
        while (steps < MOST && x * x + y * y < 4) {
            double next = x * x - y * y + a;
            y = 2 * x * y + b;
            x = next;
            steps++;
        }
        part.set(i, steps);
    }
    return (int) part.length();
}
