/*
 * Six large numbers, tested by processes: which of them are prime?
 *
 * Each worker is a JVM of its own, so this program must tell the numbers to them and the verdicts must come back. Pando
 * does that: you only write the lambda, the method that it calls and the record that it returns. The workers may
 * finish in any order; the verdicts come in the order of the numbers.
 */
import dev.pando.Pool;
import dev.pando.process.Processes;

void main() {
    List<Long> numbers = List.of(
            112272535095293L, 112582705942171L, 112272535095293L,
            115280095190773L, 115797848077099L, 1099726899285419L);
    System.out.println("Process " + ProcessHandle.current().pid() + " asks four others about six numbers:\n");

    try (Pool pool = Pool.open(Processes.of(4))) {
        List<Verdict> verdicts = pool.map(number -> judge(number), numbers).toList();
        for (int i = 0; i < verdicts.size(); i++) {
            System.out.println("  " + (i + 1) + ". " + verdicts.get(i));
        }
    }
}

/** The result. A record travels by itself if it is {@code Serializable}. */
record Verdict(long number, long smallestDivisor, long process) implements Serializable {
    boolean isPrime() {
        return smallestDivisor == number;
    }

    @Override
    public String toString() {
        String what = isPrime() ? "prime" : "not prime, but " + smallestDivisor + " * " + number / smallestDivisor;
        return number + " is " + what + " (says process " + process + ")";
    }
}

/** This is what a worker runs. It is static: a lambda that needs {@code this} would take the whole program along. */
static Verdict judge(long number) {
    return new Verdict(number, smallestDivisor(number), ProcessHandle.current().pid());
}

static long smallestDivisor(long number) {
    if (number % 2 == 0) {
        return 2;
    }
    for (long divisor = 3; divisor * divisor <= number; divisor += 2) {
        if (number % divisor == 0) return divisor;
    }
    return number;
}
