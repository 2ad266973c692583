package dev.pando.program;

import dev.pando.Pool;
import dev.pando.local.Threads;
import dev.pando.process.Processes;
import java.io.IOException;

/**
 * A program that knows no dashboard. It opens many pools, of which three stay open until its input ends. Its package is
 * none of the dashboard's, which may be a named module.
 */
public final class PlainProgram {
    private PlainProgram() {}

    public static void main(String[] arguments) throws IOException {
        try (Pool one = Pool.with(Threads.of(1)).named("one").open();
                Pool two = Pool.with(Processes.of(1)).named("two").open()) {
            for (int i = 0; i < 40; i++) {
                Pool.with(Threads.of(1)).named("short" + i).open().close();
            }
            try (Pool three = Pool.with(Threads.of(1)).named("three").open()) {
                String inWorker = two.submit(() -> "worker " + System.getProperty("pando.dashboard"))
                        .result();
                System.out.println(inWorker
                        + one.submit(() -> 1).result()
                        + three.submit(() -> 2).result());
                var _ = System.in.read();
            }
        }
    }
}
