package dev.pando.process;

import dev.pando.internal.process.logging.RecordDelivery;
import dev.pando.internal.process.output.LineSink;
import dev.pando.internal.process.output.LoggedRecord;
import dev.pando.internal.util.Checks;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where the lines go that workers print, on either of their two streams. Each worker's lines are delivered in order, by
 * a thread that does nothing else for it; those of different workers at the same time. Standard error is what Java code
 * prints by {@code System.err}; native code and processes that share the worker's descriptors print to one stream,
 * which is told as standard output. A consumer that is slow slows
 * down the workers that print them: nothing piles up here.
 */
public final class Output {
    private static final Output INHERIT = new Output("Output.inherit()", new Console());
    private static final Output DISCARD = new Output("Output.discard()", new Nowhere());

    private final String typed;
    private final Consumer<? super Line> consumer;

    /** {@code null}: workers print what they log. */
    private final @Nullable RecordDelivery records;

    private Output(String typed, Consumer<? super Line> consumer) {
        this(typed, consumer, null);
    }

    private Output(String typed, Consumer<? super Line> consumer, @Nullable RecordDelivery records) {
        this.typed = typed;
        this.consumer = consumer;
        this.records = records;
    }

    /**
     * To this program's {@code System.out} and {@code System.err}, as in the worker, each line with its worker in
     * front: {@code [pool-1-2] hello}. The default.
     */
    public static Output inherit() {
        return INHERIT;
    }

    /** Nowhere. What a worker printed last is still told when it dies. */
    public static Output discard() {
        return DISCARD;
    }

    /** To the logger {@code dev.pando.output} as {@code INFO}: {@code [pool-1-2 resize] hello}. */
    public static Output log() {
        return new Output("Output.log()", new Log());
    }

    /**
     * What workers log becomes records of this program's own log, with level, logger, time, thread, exception
     * and mapped diagnostic context; what they print is logged as {@link #log} does it. A worker sends what its
     * code logs by SLF4J with Logback or with the JDK's logger, by {@code java.util.logging} and by {@code
     * System.Logger}, as far as its own configuration of levels lets it pass; its own handlers and appenders
     * get nothing. Here the record is logged by the library that the context class loader of the calling thread
     * finds. An exception arrives as text.
     */
    public static Output logging() {
        RecordDelivery records = new RecordDelivery(loader());
        return new Output("Output.logging()", new LineLog(records), records);
    }

    private static ClassLoader loader() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context != null ? context : ClassLoader.getSystemClassLoader();
    }

    /**
     * To this consumer, which is called by several threads at once, one for each worker. Where it throws, the line is
     * lost and the next is delivered all the same; what it threw is logged once for each worker.
     */
    public static Output to(Consumer<? super Line> consumer) {
        return new Output("Output.to(...)", Checks.present(consumer, "consumer"));
    }

    void accept(Line line) {
        consumer.accept(line);
    }

    LineSink sink() {
        if (records == null) { // two returns, or else the verifier loads both classes when a pool opens
            return new LineReceiver(this);
        }
        return new RecordReceiver(this, records);
    }

    @Override
    public String toString() {
        return typed;
    }

    /**
     * A line that a worker printed, without its end. One of more than 8 KiB comes in pieces.
     *
     * @param worker the name of the worker
     * @param task the name of the task that printed it; empty where it was printed between two tasks
     * @param text the line
     * @param error whether it was printed to {@code System.err}
     */
    public record Line(String worker, Optional<String> task, String text, boolean error) {
        /** A line of standard output. */
        public Line(String worker, Optional<String> task, String text) {
            this(worker, task, text, false);
        }
    }

    /** A class, not a lambda, as the others here: the first lambdas of a program cost milliseconds of its start. */
    private record LineReceiver(Output output) implements LineSink {
        @Override
        public void accept(String worker, Optional<String> task, String text, boolean error) {
            output.accept(new Line(worker, task, text, error));
        }
    }

    private record RecordReceiver(Output output, RecordDelivery records) implements LineSink {
        @Override
        public void accept(String worker, Optional<String> task, String text, boolean error) {
            output.accept(new Line(worker, task, text, error));
        }

        @Override
        public void accept(String worker, Optional<String> task, LoggedRecord logged) {
            records.log(worker, task, logged);
        }

        @Override
        public boolean takesRecords() {
            return true;
        }
    }

    private record LineLog(RecordDelivery records) implements Consumer<Line> {
        @Override
        public void accept(Line line) {
            records.logLine(line.worker, line.task, line.text);
        }
    }

    private static final class Nowhere implements Consumer<Line> {
        @Override
        public void accept(Line line) {}
    }

    /** The one place that prints. One call a line, so that those of several workers do not mix. */
    private static final class Console implements Consumer<Line> {
        @Override
        public void accept(Line line) {
            (line.error ? System.err : System.out).println("[" + line.worker + "] " + line.text);
        }
    }

    private static final class Log implements Consumer<Line> {
        private final System.Logger logger = System.getLogger("dev.pando.output");

        @Override
        public void accept(Line line) {
            String task = line.task.map(name -> " " + name).orElse("");
            logger.log(System.Logger.Level.INFO, "[" + line.worker + task + "] " + line.text);
        }
    }
}
