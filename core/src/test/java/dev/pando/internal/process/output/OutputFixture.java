package dev.pando.internal.process.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.process.Output;
import dev.pando.process.Output.Line;
import dev.pando.process.OutputSinks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;

/** A pipe, its reader, and the lines that the consumer got: each is {@code task:text}, with {@code -} for no task. */
abstract class OutputFixture {
    static final long LONG = TimeUnit.SECONDS.toNanos(30);

    final FilledPipe filledPipe = new FilledPipe();
    final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    final CountDownLatch gate = new CountDownLatch(1);

    void keep(Line line) {
        lines.add(line.task().orElse("-") + ":" + line.text());
    }

    OutputReader output() {
        return drain(this::keep);
    }

    OutputReader drain(Consumer<Line> consumer) {
        return OutputReader.start("w", filledPipe, OutputSinks.of(Output.to(consumer)), _ -> {}, false);
    }

    /** A drain whose consumer is blocked at the first line until the gate opens. */
    OutputReader stopped() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        OutputReader output = drain(line -> {
            inside.countDown();
            await(gate);
            keep(line);
        });
        filledPipe.print("first\n");
        inside.await();
        return output;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns the printed lines up to the end of the stream. */
    List<String> all(OutputReader output) {
        filledPipe.end();
        output.awaitEnd(LONG);
        return lines;
    }

    List<String> all(String printed) {
        OutputReader output = output();
        filledPipe.print(printed);
        return all(output);
    }

    @AfterEach
    void noThreadIsLeft() throws Exception {
        gate.countDown();
        filledPipe.release();
        filledPipe.end();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (!thread.getName().equals("w-output")) {
                continue;
            }
            thread.join(TimeUnit.NANOSECONDS.toMillis(LONG));
            assertThat(thread.isAlive()).isFalse();
        }
    }
}
