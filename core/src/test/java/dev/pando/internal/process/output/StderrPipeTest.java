package dev.pando.internal.process.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.process.Output;
import dev.pando.process.OutputSinks;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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

/** A {@link OutputReader} behind the pipe of a real process. */
@EnabledOnOs(OS.LINUX)
class StderrPipeTest {
    private static final long LONG = TimeUnit.SECONDS.toNanos(30);

    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

    private OutputReader drain(Process process) {
        return OutputReader.start(
                "p",
                StderrPipe.of(process),
                OutputSinks.of(Output.to(line -> lines.add(line.task().orElse("-") + ":" + line.text()))),
                _ -> {},
                false);
    }

    private static Process sh(String script) throws IOException {
        return new ProcessBuilder("sh", "-c", script).start();
    }

    private static List<Thread> readers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("p-output"))
                .toList();
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
            OutputReader output = drain(process);
            process.waitFor();
            output.awaitEnd(LONG);
            assertThat(lines).containsExactly("-:one", "-:two", "-:last words");
            assertThat(output.last("any")).containsExactly("one", "two", "last words");
        }
    }

    @Test
    void eachTaskHasItsLines() throws Exception {
        Process process = sh("while read -r task; do printf 'of %s\\nof %s\\n' $task $task >&2; echo done; done");
        OutputReader output = drain(process);
        List<String> expected = new ArrayList<>();
        try (Writer send = process.outputWriter();
                BufferedReader answers = process.inputReader()) {
            for (int i = 0; i < 2_000; i++) {
                output.began("t" + i);
                send.write("t" + i + "\n");
                send.flush();
                assertThat(answers.readLine()).isEqualTo("done");
                output.ended();
                expected.addAll(Collections.nCopies(2, "t" + i + ":of t" + i));
            }
        }
        output.awaitEnd(LONG);
        assertThat(lines).isEqualTo(expected);
    }

    @Test
    void aConsumerThatInterruptsItselfGetsTheRest() throws Exception {
        Process process = sh("echo one >&2; read -r x; echo two >&2");
        CountDownLatch first = new CountDownLatch(1);
        OutputReader output = OutputReader.start(
                "p",
                StderrPipe.of(process),
                OutputSinks.of(Output.to(line -> {
                    lines.add(line.text());
                    Thread.currentThread().interrupt();
                    first.countDown();
                })),
                _ -> {},
                false);
        first.await();
        process.outputWriter().close();
        process.waitFor();
        output.awaitEnd(LONG);
        assertThat(lines).containsExactly("one", "two");
    }

    @Test
    void aPipeThatAnotherProcessHoldsCanBeLeft() throws Exception {
        Process process = sh("sleep 1000 </dev/null >/dev/null & echo $!; echo bye >&2; read -r x");
        CountDownLatch said = new CountDownLatch(1);
        OutputReader output = OutputReader.start(
                "p", StderrPipe.of(process), OutputSinks.of(Output.to(line -> said.countDown())), _ -> {}, false);
        ProcessHandle other;
        try (BufferedReader answers = process.inputReader()) {
            other = ProcessHandle.of(Long.parseLong(answers.readLine())).orElseThrow();
        }
        try {
            said.await();
            process.outputWriter().close();
            process.waitFor();
            output.awaitEnd(1_000_000);
            assertThat(readers()).hasSize(1);
            output.close();
            output.awaitEnd(LONG);
            assertThat(output.last("any")).containsExactly("bye");
        } finally {
            other.destroyForcibly();
        }
    }

    /** A process that ends when it was just found alive. Then the JDK takes away what is unread, unless it is kept. */
    private static final class Ending extends Process {
        private final Process process;

        Ending(Process process) {
            this.process = process;
        }

        @Override
        public boolean isAlive() {
            boolean alive = process.isAlive();
            try {
                process.outputWriter().close();
                process.waitFor();
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
            while (isTakenAway()) {
                Thread.onSpinWait();
            }
            return alive;
        }

        private boolean isTakenAway() {
            return Thread.getAllStackTraces().keySet().stream()
                    .anyMatch(thread -> thread.getName().equals("process reaper (pid " + process.pid() + ")")
                            && thread.getState() == Thread.State.RUNNABLE);
        }

        @Override
        public long pid() {
            return process.pid();
        }

        @Override
        public OutputStream getOutputStream() {
            return process.getOutputStream();
        }

        @Override
        public InputStream getInputStream() {
            return process.getInputStream();
        }

        @Override
        public InputStream getErrorStream() {
            return process.getErrorStream();
        }

        @Override
        public int waitFor() throws InterruptedException {
            return process.waitFor();
        }

        @Override
        public int exitValue() {
            return process.exitValue();
        }

        @Override
        public void destroy() {
            process.destroy();
        }
    }

    @Test
    void whatAProcessSaysThatEndsMeanwhileIsRead() throws Exception {
        Process process = sh("echo bye >&2; echo said; read -r x");
        assertThat(process.inputReader().readLine()).isEqualTo("said");
        OutputReader output = drain(new Ending(process));
        output.awaitEnd(LONG);
        assertThat(lines).containsExactly("-:bye");
    }

    @Test
    void aProcessThatIsGoneHasSaidWhatItSaid() throws Exception {
        Process process = sh("echo bye >&2");
        process.waitFor();
        OutputReader output = drain(process);
        output.awaitEnd(LONG);
        assertThat(lines).containsExactly("-:bye");
    }

    @Test
    void whatIsNoPipeIsNotRead() throws Exception {
        Process process = new ProcessBuilder("sh", "-c", "read -r x")
                .redirectError(new File("/dev/zero"))
                .start();
        OutputReader output = drain(process);
        output.awaitEnd(LONG);
        assertThat(lines).isEmpty();
        process.outputWriter().close();
        process.waitFor();
    }

    /** Covers systems on which the pipe cannot be opened again. */
    @Test
    void nobodyWaitsForWhoeverReads() throws Exception {
        FilledPipe filledPipe = new FilledPipe();
        InputStream gated = new StderrPipe.Gated(filledPipe);
        OutputReader output = OutputReader.start(
                "p",
                gated,
                OutputSinks.of(Output.to(line -> lines.add(line.task().orElse("-") + ":" + line.text()))),
                _ -> {},
                false);
        filledPipe.hold();
        filledPipe.print("one\n");
        filledPipe.awaitHeld();
        assertThat(gated.available()).isZero();
        output.began("a");
        filledPipe.release();
        filledPipe.end();
        output.awaitEnd(LONG);
        assertThat(lines).hasSize(1);
    }
}
