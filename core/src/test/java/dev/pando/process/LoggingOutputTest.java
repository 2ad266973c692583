package dev.pando.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.pando.Action;
import dev.pando.Pool;
import dev.pando.WorkerLostException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** What a task logs in a worker process is a record of this program's log, whichever of three ways it took. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("processes")
class LoggingOutputTest {
    private static final String NAME = "dev.pando.logged";
    private static final String PRINTED = "dev.pando.output";

    private final Appender events = new Appender();
    private Pool pool;

    /** Never sent, and of a class that the parent must not learn of by a log. */
    static final class OddException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OddException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private static final class Appender extends AppenderBase<ILoggingEvent> {
        private final LinkedBlockingQueue<ILoggingEvent> got = new LinkedBlockingQueue<>();

        @Override
        protected void append(ILoggingEvent event) {
            event.prepareForDeferredProcessing(); // asks for thread and context now
            got.add(event);
        }

        ILoggingEvent next() throws InterruptedException {
            ILoggingEvent next = got.poll(60, TimeUnit.SECONDS);
            assertThat(next).as("a record within a minute").isNotNull();
            return next;
        }
    }

    private static ch.qos.logback.classic.Logger logger(String name) {
        return ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(name);
    }

    @BeforeAll
    void open() {
        events.start();
        for (String name : List.of(NAME, NAME + ".apart", PRINTED)) {
            logger(name).setLevel(Level.TRACE);
            logger(name).setAdditive(false);
            logger(name).addAppender(events);
        }
        pool = Pool.with(Processes.of(1).output(Output.logging())).named("logs").open();
    }

    @AfterAll
    void close() {
        pool.close();
        for (String name : List.of(NAME, NAME + ".apart", PRINTED)) {
            logger(name).detachAppender(events);
        }
    }

    @BeforeEach
    void nothingIsLeft() {
        assertThat(events.got).isEmpty();
    }

    private void run(String name, Action action) {
        pool.named(name).submit(action).result();
    }

    @Test
    void whatLogbackTakesKeepsLevelLoggerThreadExceptionAndContext() throws Exception {
        long before = System.currentTimeMillis();
        run("resize", () -> {
            MDC.put("request", "r-42");
            LoggerFactory.getLogger(NAME)
                    .atError()
                    .addKeyValue("size", 7)
                    .setCause(new OddException("odd", new IOException("disk")))
                    .log("cannot {}", "resize");
            MDC.clear();
        });
        ILoggingEvent event = events.next();
        assertThat(event.getLevel()).isEqualTo(Level.ERROR);
        assertThat(event.getLoggerName()).isEqualTo(NAME);
        assertThat(event.getFormattedMessage()).isEqualTo("size=7 cannot resize");
        assertThat(event.getThreadName()).isEqualTo("logs-1");
        assertThat(event.getTimeStamp()).isGreaterThanOrEqualTo(before);
        assertThat(event.getMDCPropertyMap())
                .containsEntry("request", "r-42")
                .containsEntry("pando.worker", "logs-1")
                .containsEntry("pando.task", "resize-" + taskNumber(event));
        var thrown = ((ch.qos.logback.classic.spi.ThrowableProxy) event.getThrowableProxy()).getThrowable();
        assertThat(thrown).hasToString(OddException.class.getName() + ": odd").isNotInstanceOf(OddException.class);
        assertThat(thrown.getStackTrace()[0].getFileName()).isEqualTo("LoggingOutputTest.java");
        assertThat(thrown.getCause()).hasToString("java.io.IOException: disk");
    }

    private static String taskNumber(ILoggingEvent event) {
        String task = event.getMDCPropertyMap().get("pando.task");
        return task.substring(task.lastIndexOf('-') + 1);
    }

    @Test
    void anotherThreadOfATaskIsNamedAfterItsWorkerAndAnAppenderApartIsReplacedToo() throws Exception {
        run("threads", () -> {
            Thread other =
                    new Thread(() -> LoggerFactory.getLogger(NAME + ".apart").debug("aside"), "other\u001b[31m");
            other.start();
            other.join();
        });
        ILoggingEvent event = events.next();
        assertThat(event.getThreadName()).isEqualTo("logs-1/other?[31m");
        assertThat(event.getLoggerName()).isEqualTo(NAME + ".apart");
        assertThat(event.getLevel()).isEqualTo(Level.DEBUG);
        assertThat(event.getFormattedMessage()).isEqualTo("aside");
    }

    @Test
    void theLoggersOfTheJdkAreTaken() throws Exception {
        run("jdk", () -> {
            MDC.put("request", "r-43");
            var jul = java.util.logging.Logger.getLogger(NAME);
            jul.log(java.util.logging.Level.WARNING, "by {0}", new Object[] {"parameter"});
            jul.fine("not at this level");
            System.getLogger(NAME).log(System.Logger.Level.ERROR, "by the system", new OddException("odd", null));
            MDC.clear();
        });
        ILoggingEvent jul = events.next();
        assertThat(jul.getLevel()).isEqualTo(Level.WARN);
        assertThat(jul.getFormattedMessage()).isEqualTo("by parameter");
        assertThat(jul.getMDCPropertyMap()).containsEntry("request", "r-43");
        ILoggingEvent system = events.next();
        assertThat(system.getLevel()).isEqualTo(Level.ERROR);
        assertThat(system.getFormattedMessage()).isEqualTo("by the system");
        assertThat(system.getThrowableProxy().getMessage()).isEqualTo(OddException.class.getName() + ": odd");
    }

    @Test
    void whatIsPrintedAndWhatOnlyLooksLikeARecordIsALine() throws Exception {
        run("prints", () -> {
            System.out.println("printed");
            var pipe = new FileOutputStream(FileDescriptor.err);
            pipe.write(new byte[] {(byte) 0xff, (byte) 0xfe, (byte) 0xc0, 3, 1, 2, 3});
            for (int i = 0; i < 1000; i++) { // a record that does not end
                byte[] piece = new byte[4004];
                System.arraycopy(new byte[] {(byte) 0xff, (byte) 0xfe, (byte) 0x8f, (byte) 0xa0}, 0, piece, 0, 4);
                pipe.write(piece);
            }
            LoggerFactory.getLogger(NAME).info("swallowed by it");
            LoggerFactory.getLogger(NAME).info("after it");
        });
        List<String> messages = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            messages.add(events.next().getFormattedMessage().replaceAll("prints-\\d+", "prints"));
        }
        String unreadable = "[logs-1 prints] (a log record that cannot be read)";
        assertThat(messages).containsExactly("[logs-1 prints] printed", unreadable, unreadable, "after it");
    }

    @Test
    void theLastRecordsOfAWorkerAreInItsDeathCertificate() throws Exception {
        try (Pool mortal = Pool.open(Processes.of(1).output(Output.logging()))) {
            var lost = mortal.submit(() -> {
                LoggerFactory.getLogger(NAME).warn("about to fall", new OddException("odd", null));
                Runtime.getRuntime().halt(3);
            });
            assertThat(((WorkerLostException) lost.exception()).loss().lastOutput())
                    .contains("WARNING " + NAME + ": about to fall (" + OddException.class.getName() + ": odd)");
        }
        assertThat(events.next().getFormattedMessage()).isEqualTo("about to fall");
    }

    @Test
    void aLongTextIsCutAndWhatFollowsIsWhole() throws Exception {
        run("long", () -> {
            LoggerFactory.getLogger(NAME).info("x".repeat(1_000_000), new OddException("y".repeat(1_000_000), null));
            LoggerFactory.getLogger(NAME).info("short");
        });
        ILoggingEvent event = events.next();
        assertThat(event.getFormattedMessage()).startsWith("xxx").endsWith("x...");
        assertThat(event.getFormattedMessage().getBytes(UTF_8)).hasSizeLessThan(20_000);
        assertThat(event.getThrowableProxy().getMessage()).endsWith("y...");
        assertThat(events.next().getFormattedMessage()).isEqualTo("short");
    }
}
