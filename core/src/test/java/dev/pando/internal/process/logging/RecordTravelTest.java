package dev.pando.internal.process.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.internal.process.output.LogDecoder;
import dev.pando.internal.process.output.LoggedRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** What a record is made of, on its way from a worker that may lie into the log of the parent. */
class RecordTravelTest {
    private static final String NAME = "dev.pando.travelled";

    private static LoggedRecord record(String logger, String message, Throwable thrown) {
        return new LoggedRecord(1234, 700, logger, "w", message, Map.of("k", "v"), thrown);
    }

    private static LoggedRecord travelled(LoggedRecord logged) {
        byte[] bytes = LogEncoder.bytes(logged);
        assertThat(bytes).hasSizeLessThanOrEqualTo(LoggedRecord.LARGEST);
        LoggedRecord read = LogDecoder.read(bytes);
        assertThat(read).isNotNull();
        return read;
    }

    @Test
    void allOfItArrives() {
        IllegalStateException thrown = new IllegalStateException("b\u00f6se \uD834\uDD1E", new RuntimeException("why"));
        thrown.addSuppressed(new ArithmeticException());
        LoggedRecord read = travelled(record(NAME, "two\nlines", thrown));
        assertThat(read)
                .usingRecursiveComparison()
                .ignoringFields("thrown")
                .isEqualTo(record(NAME, "two\nlines", null));
        assertThat(read.thrown()).hasToString("java.lang.IllegalStateException: b\u00f6se \uD834\uDD1E");
        assertThat(read.thrown().getStackTrace()[0].toString())
                .isEqualTo(thrown.getStackTrace()[0].toString().replace("app//", ""));
        assertThat(read.thrown().getCause()).hasToString("java.lang.RuntimeException: why");
        assertThat(read.thrown().getSuppressed()[0]).hasToString("java.lang.ArithmeticException");
    }

    @Test
    void whateverIsLoggedFits() {
        Throwable large = new RuntimeException("\u20ac".repeat(100_000));
        Throwable circle = new RuntimeException("a", large);
        large.initCause(circle);
        StackTraceElement[] frames = new StackTraceElement[5000];
        Arrays.fill(frames, new StackTraceElement("\u20ac".repeat(9000), "m".repeat(9000), "f".repeat(9000), 1));
        large.setStackTrace(frames);
        for (int i = 0; i < 100; i++) {
            circle.addSuppressed(new RuntimeException("\u20ac".repeat(5000), large));
        }
        Map<String, String> context = new HashMap<>();
        for (int i = 0; i < 1000; i++) {
            context.put("\u20ac".repeat(1000) + i, "\u20ac".repeat(1000));
        }
        LoggedRecord read = travelled(new LoggedRecord(
                1, 1000, "l".repeat(9000), "t".repeat(9000), "\u20ac".repeat(90_000), context, circle));
        assertThat(read.message()).startsWith("\u20ac\u20ac").endsWith("...");
        assertThat(read.thrown().getCause()).isNotNull();
    }

    @Test
    void anExceptionThatCannotSpeakIsTold() {
        LoggedRecord read = travelled(record(NAME, "m", new RuntimeException() {
            private static final long serialVersionUID = 1L;

            @Override
            public String getMessage() {
                throw new IllegalStateException();
            }

            @Override
            public StackTraceElement[] getStackTrace() {
                throw new IllegalStateException();
            }
        }));
        assertThat(read.thrown().toString()).contains("whose toString threw");
    }

    @Test
    void bytesThatAreNoRecordAreNothing() {
        byte[] whole = LogEncoder.bytes(record(NAME, "message", new RuntimeException("why", new Exception())));
        for (int length = 0; length < whole.length; length++) {
            assertThat(LogDecoder.read(Arrays.copyOf(whole, length))).isNull();
        }
        SplittableRandom random = new SplittableRandom(7);
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] spoilt = whole.clone();
            for (int j = random.nextInt(1, 4); j > 0; j--) {
                spoilt[random.nextInt(spoilt.length)] = (byte) random.nextInt();
            }
            LoggedRecord found = LogDecoder.read(spoilt); // never throws
            read += found == null ? 0 : 1;
        }
        assertThat(read).as("some hit a text only").isBetween(1, 19_999);
    }

    @Test
    void theJdksLoggerGetsLevelTimeAndNoInventedCaller() {
        List<LogRecord> got = new ArrayList<>();
        List<String> threads = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                got.add(record);
                threads.add(Thread.currentThread().getName());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger(NAME);
        logger.setUseParentHandlers(false);
        logger.setLevel(Level.ALL);
        logger.addHandler(handler);
        RecordDelivery delivery = new RecordDelivery(ClassLoader.getPlatformClassLoader());
        String name = Thread.currentThread().getName();
        delivery.log("pool1-2", Optional.empty(), record(NAME, "{0} stays", null));
        delivery.log("w", Optional.empty(), new LoggedRecord(1, 1_234_567, NAME, "w", "odd", Map.of(), null));
        assertThat(Thread.currentThread().getName()).isEqualTo(name);
        assertThat(threads).containsExactly("pool1-2/w", "w");
        assertThat(got).extracting(LogRecord::getLevel).containsExactly(Level.CONFIG, Level.SEVERE);
        assertThat(got.getFirst().getMessage()).isEqualTo("{0} stays");
        assertThat(got.getFirst().getMillis()).isEqualTo(1234);
        assertThat(got.getFirst().getSourceClassName()).isNull();
    }

    @Test
    void aWorkerMakesNoMoreLoggersThanABound() {
        List<String> loggers = new ArrayList<>();
        List<String> messages = new ArrayList<>();
        RecordDelivery delivery = new RecordDelivery(ClassLoader.getPlatformClassLoader(), logged -> {
            loggers.add(logged.logger());
            messages.add(logged.message());
        });
        for (int i = 0; i < 6000; i++) {
            delivery.log("w", Optional.of("t"), record("l" + i, "m", null));
        }
        delivery.log("w", Optional.of("t"), record("l0", "known", null));
        assertThat(loggers.stream().distinct().count()).isEqualTo(5001);
        assertThat(messages.get(5999)).isEqualTo("l5999: m");
        assertThat(loggers.getLast()).isEqualTo("l0");
    }
}
