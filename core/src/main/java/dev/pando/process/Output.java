package dev.pando.process;

import dev.pando.internal.process.output.LineSink;
import dev.pando.internal.util.Checks;
import java.util.Optional;
import java.util.function.Consumer;

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

    private Output(String typed, Consumer<? super Line> consumer) {
        this.typed = typed;
        this.consumer = consumer;
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
        return new LineReceiver(this);
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
