package dev.pando.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.process.Output.Line;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

public class OutputTest {
    private static final Line OF_A_TASK = new Line("pool-1-2", Optional.of("resize"), "hello {0}");
    private static final Line OF_NOBODY = new Line("pool-1-2", Optional.empty(), "started");

    private static final Line AN_ERROR = new Line("pool-1-2", Optional.empty(), "failed", true);

    /** Returns the lines that are printed to the console meanwhile, with {@code !} before those of standard error. */
    private static List<String> printed(Runnable meanwhile) {
        List<String> calls = new ArrayList<>();
        PrintStream out = System.out;
        PrintStream err = System.err;
        System.setOut(noting("", calls));
        System.setErr(noting("!", calls));
        try {
            meanwhile.run();
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        return calls;
    }

    private static PrintStream noting(String prefix, List<String> calls) {
        return new PrintStream(new ByteArrayOutputStream(), true, UTF_8) {
            @Override
            public void println(String line) {
                calls.add(prefix + line);
            }
        };
    }

    @Test
    void inheritedLinesGoToTheConsoleOfTheMomentOneCallEach() {
        assertThat(printed(() -> {
                    Output.inherit().accept(OF_A_TASK);
                    Output.inherit().accept(OF_NOBODY);
                    Output.inherit().accept(AN_ERROR);
                }))
                .containsExactly("[pool-1-2] hello {0}", "[pool-1-2] started", "![pool-1-2] failed");
    }

    @Test
    void discardedLinesGoNowhere() {
        try (Records records = new Records("dev.pando.output")) {
            assertThat(printed(() -> Output.discard().accept(OF_A_TASK))).isEmpty();
            assertThat(records.got).isEmpty();
        }
    }

    @Test
    void aConsumerGetsTheLineAsItIs() {
        List<Line> got = new ArrayList<>();
        Output.to(got::add).accept(OF_A_TASK);
        assertThat(got).containsExactly(OF_A_TASK);
    }

    @Test
    void aLogGetsWorkerTaskAndText() {
        try (Records records = new Records("dev.pando.output")) {
            Output.log().accept(OF_A_TASK);
            Output.log().accept(OF_NOBODY);
            assertThat(records.got)
                    .extracting(LogRecord::getMessage)
                    .containsExactly("[pool-1-2 resize] hello {0}", "[pool-1-2] started");
            assertThat(records.got).extracting(LogRecord::getLevel).containsOnly(Level.INFO);
        }
    }

    @Test
    void itIsShownAsItIsTyped() {
        assertThat(List.of(Output.inherit(), Output.discard(), Output.log(), Output.to(line -> {})))
                .extracting(Output::toString)
                .containsExactly("Output.inherit()", "Output.discard()", "Output.log()", "Output.to(...)");
    }

    @Test
    void noConsumerIsAMistake() {
        assertThatThrownBy(() -> Output.to(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("consumer");
    }

    /** Collects the records of a logger. */
    public static final class Records extends Handler implements AutoCloseable {
        public final List<LogRecord> got = new java.util.concurrent.CopyOnWriteArrayList<>();
        private final Logger logger;

        public Records(String name) {
            logger = Logger.getLogger(name);
            logger.setUseParentHandlers(false);
            logger.addHandler(this);
        }

        @Override
        public void publish(LogRecord record) {
            got.add(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            logger.removeHandler(this);
            logger.setUseParentHandlers(true);
        }
    }
}
