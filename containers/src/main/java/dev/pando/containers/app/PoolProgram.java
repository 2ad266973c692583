package dev.pando.containers.app;

import dev.pando.Pool;
import dev.pando.process.Processes;
import java.io.Serializable;
import java.util.List;

/** A program that is packed in a special way. It prints what its workers answer, or why it cannot have any. */
public final class PoolProgram {
    private PoolProgram() {}

    record Page(int number, String text) implements Serializable {}

    public static void main(String[] args) {
        try (Pool pool = Pool.open(Processes.of(1))) {
            int captured = 20;
            System.out.println("task " + pool.submit(() -> captured + 1).result());
            System.out.println(
                    "map " + pool.map(PoolProgram::twice, List.of(1, 2, 3)).toList());
            System.out.println(
                    "record " + pool.submit(() -> new Page(7, "seven")).result());
        } catch (IllegalStateException refused) {
            System.out.println("refused: " + refused.getMessage());
        }
    }

    private static int twice(int number) {
        return 2 * number;
    }
}
