/*
 * The same work on threads, on processes, or on a cluster: an argument says which, and no other line knows.
 *
 * Try it without an argument, with "processes", with "cluster" (one node inside this program), or with the address of a
 * node that you have started: ./pando node --join localhost:7400, and then ./pando example anywhere localhost:7400.
 */
import dev.pando.Pool;
import dev.pando.cluster.Cluster;
import dev.pando.local.Threads;
import dev.pando.process.Processes;
import dev.pando.spi.Backend;

void main(String[] args) {
    String where = args.length == 0 ? "threads" : args[0];
    try (Pool pool = Pool.open(workers(where))) {
        long sum = pool.map(number -> divisors(number), IntStream.rangeClosed(1, 10_000).boxed())
                .mapToLong(count -> count)
                .sum();
        System.out.println("The numbers up to 10000 have " + sum + " divisors, counted on " + where + ".");
    }
}

static Backend workers(String where) {
    return switch (where) {
        case "threads" -> Threads.of(4);
        case "processes" -> Processes.of(2);
        case "cluster" -> Cluster.local(Processes.of(2));
        default -> Cluster.at(where);
    };
}

static int divisors(int number) {
    int count = 0;
    for (int divisor = 1; divisor <= number; divisor++) {
        if (number % divisor == 0) count++;
    }
    return count;
}
