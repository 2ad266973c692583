package dev.pando.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A {@link Drain} behind the pipe of a real process. */
@EnabledOnOs(OS.LINUX)
class PipeTest {
    private static final long LONG = TimeUnit.SECONDS.toNanos(30);

    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

    private Drain drain(Process process) {
        return Drain.start("p", Pipe.of(process),
                OutputSinks.of(Output.to(line -> lines.add(line.task().orElse("-") + ":" + line.text()))));
    }

    private static Process sh(String script) throws IOException {
        return new ProcessBuilder("sh", "-c", script).start();
    }

    private static List<Thread> readers() {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().equals("p-output")).toList();
    }

    @AfterEach
    void noThreadIsLeft() throws Exception {
        for (Thread thread : readers()) {
            thread.join(TimeUnit.NANOSECONDS.toMillis(LONG));
            assertThat(thread.isAlive()).isFalse();
        }
    }

    @Test
    void bothStreamsAndTheLastWords() throws Exception {
        for (int i = 0; i < 20; i++) {
            lines.clear();
            Process process = sh("exec 1>&2; printf 'one\\ntwo\\n'; printf 'last words' >&2; kill -9 $$");
            Drain drain = drain(process);
            process.waitFor();
            drain.awaitEnd(LONG);
            assertThat(lines).containsExactly("-:one", "-:two", "-:last words");
            assertThat(drain.last("any")).containsExactly("one", "two", "last words");
        }
    }

    @Test
    void eachTaskHasItsLines() throws Exception {
        Process process = sh("while read -r task; do printf 'of %s\\nof %s\\n' $task $task >&2; echo done; done");
        Drain drain = drain(process);
        List<String> expected = new ArrayList<>();
        try (Writer send = process.outputWriter(); BufferedReader answers = process.inputReader()) {
            for (int i = 0; i < 2_000; i++) {
                drain.began("t" + i);
                send.write("t" + i + "\n");
                send.flush();
                assertThat(answers.readLine()).isEqualTo("done");
                drain.ended();
                expected.addAll(Collections.nCopies(2, "t" + i + ":of t" + i));
            }
        }
        drain.awaitEnd(LONG);
        assertThat(lines).isEqualTo(expected);
    }

    @Test
    void aConsumerThatInterruptsItselfGetsTheRest() throws Exception {
        Process process = sh("echo one >&2; read -r x; echo two >&2");
        CountDownLatch first = new CountDownLatch(1);
        Drain drain = Drain.start("p", Pipe.of(process), OutputSinks.of(Output.to(line -> {
            lines.add(line.text());
            Thread.currentThread().interrupt();
            first.countDown();
        })));
        first.await();
        process.outputWriter().close();
        process.waitFor();
        drain.awaitEnd(LONG);
        assertThat(lines).containsExactly("one", "two");
    }

    @Test
    void aPipeThatAnotherProcessHoldsCanBeLeft() throws Exception {
        Process process = sh("sleep 1000 </dev/null >/dev/null & echo $!; echo bye >&2; read -r x");
        CountDownLatch said = new CountDownLatch(1);
        Drain drain = Drain.start("p", Pipe.of(process), OutputSinks.of(Output.to(line -> said.countDown())));
        ProcessHandle other;
        try (BufferedReader answers = process.inputReader()) {
            other = ProcessHandle.of(Long.parseLong(answers.readLine())).orElseThrow();
        }
        try {
            said.await();
            process.outputWriter().close();
            process.waitFor();
            drain.awaitEnd(1_000_000);
            assertThat(readers()).hasSize(1);
            drain.close();
            drain.awaitEnd(LONG);
            assertThat(drain.last("any")).containsExactly("bye");
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void aProcessThatIsGoneHasSaidWhatItSaid() throws Exception {
        Process process = sh("echo bye >&2");
        process.waitFor();
        Drain drain = drain(process);
        drain.awaitEnd(LONG);
        assertThat(lines).containsExactly("-:bye");
    }

    @Test
    void whatIsNoPipeIsNotRead() throws Exception {
        Process process = new ProcessBuilder("sh", "-c", "read -r x").redirectError(new File("/dev/zero")).start();
        Drain drain = drain(process);
        drain.awaitEnd(LONG);
        assertThat(lines).isEmpty();
        process.outputWriter().close();
        process.waitFor();
    }

    /** Covers systems on which the pipe cannot be opened again. */
    @Test
    void nobodyWaitsForWhoeverReads() throws Exception {
        Faucet faucet = new Faucet();
        InputStream gated = new Pipe.Gated(faucet);
        Drain drain = Drain.start("p", gated, OutputSinks.of(Output.to(line -> lines.add(line.task().orElse("-") + ":" + line.text()))));
        faucet.hold();
        faucet.print("one\n");
        faucet.awaitHeld();
        assertThat(gated.available()).isZero();
        drain.began("a");
        faucet.release();
        faucet.end();
        drain.awaitEnd(LONG);
        assertThat(lines).hasSize(1);
    }
}
