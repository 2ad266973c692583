package dev.pando.testkit;

import dev.pando.Action;
import dev.pando.Task;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A misfortune that befalls the worker which a task runs in, for tests of how your program copes. The misfortune is a
 * value, and travels; the methods beginning with {@code in} and {@code while} say where it strikes:
 *
 * {@snippet :
 * TaskFuture<?> doomed = pool.submit(Chaos.halt(3).inCall());
 * assertThat(doomed.exception()).isInstanceOf(WorkerLostException.class);
 * pool.submit(Reports::render, Chaos.kill().whileUnpacking()); // an argument that is worse than it looks
 * Processes.of(2).initializer(Chaos.exit(1).inInitializer());
 * }
 *
 * <p>Chaos is meant for workers that are processes: on a thread of this JVM, it befalls this JVM. {@link #kill}, {@link
 * #stopped}, {@link #disk} and the three about the protocol need Linux. {@link #segfault} and {@link #abort} call
 * native code: the worker prints a warning unless it was started with {@code --enable-native-access=ALL-UNNAMED}, and
 * the crash leaves a log in the temporary folder.
 */
public final class Chaos implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final boolean harmless;
    private final Action deed;

    private Chaos(String name, boolean harmless, Action deed) {
        this.name = name;
        this.harmless = harmless;
        this.deed = deed;
    }

    /** A misfortune of your own; {@code toString} returns its name. */
    public static Chaos of(String name, Action deed) {
        return new Chaos(name, false, deed);
    }

    /** The worker calls {@code System.exit}. */
    public static Chaos exit(int code) {
        return of("exit(" + code + ")", () -> Runtime.getRuntime().exit(code));
    }

    /** The worker calls {@code Runtime.halt}: no shutdown hook runs. */
    public static Chaos halt(int code) {
        return of("halt(" + code + ")", () -> Runtime.getRuntime().halt(code));
    }

    /** The worker sends itself SIGKILL. */
    public static Chaos kill() {
        return of("kill()", ChaosActions::kill);
    }

    /** The worker sends itself SIGSTOP: it is alive, and silent until a SIGCONT or SIGKILL. */
    public static Chaos stopped() {
        return of("stopped()", ChaosActions::stop);
    }

    /** Native code reads at the address 0. */
    public static Chaos segfault() {
        return of("segfault()", ChaosActions::segfault);
    }

    /** Native code calls C's {@code abort()}. */
    public static Chaos abort() {
        return of("abort()", ChaosActions::abort);
    }

    /** The task takes memory until there is an {@link OutOfMemoryError}: give the worker a small heap. */
    public static Chaos heap() {
        return of("heap()", ChaosActions::heap);
    }

    /** A recursion without end: {@link StackOverflowError}. */
    public static Chaos stack() {
        return of("stack()", () -> ChaosActions.stack(0));
    }

    /** The task throws {@code thrown}, which must be serialisable. Every kind of worker survives this one. */
    public static Chaos throwing(Throwable thrown) {
        return new Chaos("throwing(" + thrown + ")", true, () -> ChaosActions.raise(thrown));
    }

    /** The task prints {@code lines} lines, as fast as it can, and goes on: {@code flood 0}, {@code flood 1}. */
    public static Chaos flood(int lines) {
        return of("flood(" + lines + ")", () -> ChaosActions.flood(lines));
    }

    /** The worker keeps {@code bytes} bytes for good, and the task goes on. */
    public static Chaos leak(int bytes) {
        return of("leak(" + bytes + ")", () -> ChaosActions.leak(bytes));
    }

    /** A loop that ignores interrupts and never ends. */
    public static Chaos spin() {
        return of("spin()", ChaosActions::spin);
    }

    /** Two threads wait for each other, which no interrupt ends. */
    public static Chaos deadlock() {
        return of("deadlock()", ChaosActions::deadlock);
    }

    /** The task opens files until the system gives no more, closes them, and throws what the system said. */
    public static Chaos files() {
        return of("files()", ChaosActions::files);
    }

    /** The task writes to a disk that is full. */
    public static Chaos disk() {
        return of("disk()", ChaosActions::disk);
    }

    /** The worker sends its pool the beginning of an answer, and halts with exit code 7. */
    public static Chaos halfFrame() {
        return of("halfFrame()", () -> {
            ChaosActions.send(new byte[] {0, 0, 1, 0, 'V', 0, 0});
            Runtime.getRuntime().halt(7);
        });
    }

    /** The worker sends its pool bytes that are no answer, and waits for the consequences. */
    public static Chaos garbage() {
        return of("garbage()", () -> {
            ChaosActions.send(new byte[] {0, 0, 0, 4, 'z', 'z', 'z', 'z', -1, -1, -1, -1});
            ChaosActions.sleep();
        });
    }

    /** The worker announces an answer larger than the protocol allows, and waits for the consequences. */
    public static Chaos hugeFrame() {
        return of("hugeFrame()", () -> {
            ChaosActions.send(new byte[] {0x7f, -1, -1, -1, 'V'});
            ChaosActions.sleep();
        });
    }

    /** Strikes in the body of the task. */
    public Task<@Nullable Void> inCall() {
        return () -> {
            strike();
            return null;
        };
    }

    /** Strikes while a worker unpacks this task, be it submitted or an argument of another. Called, it does nothing. */
    public Task<@Nullable Void> whileUnpacking() {
        return new StrikingTask(this, StrikingTask.Moment.READ);
    }

    /** Strikes while the worker packs the result of this task. */
    public Task<Serializable> whilePacking() {
        return () -> new StrikingTask(this, StrikingTask.Moment.WRITE);
    }

    /**
     * Strikes while this JVM unpacks the result of this task.
     *
     * @throws IllegalStateException if this is not {@link #throwing}, because it would befall this JVM
     */
    public Task<Serializable> whileUnpackingResult() {
        if (!harmless) {
            throw new IllegalStateException(this + " would befall this JVM, where the result is unpacked");
        }
        return () -> new StrikingTask(this, StrikingTask.Moment.READ);
    }

    /** Strikes while a class that the task uses is initialised; a new class each time. */
    public Task<@Nullable Void> inStaticInitializer() {
        return () -> {
            InitializerFuse.light(this);
            return null;
        };
    }

    /** Strikes in the initializer of a worker. */
    public Action inInitializer() {
        return this::strike;
    }

    /**
     * Strikes after the task has ended: the task leaves a thread behind, which waits at the gate. The result is the
     * worker's process id.
     */
    public Task<Long> afterwards(Gate.Handle gate) {
        return () -> {
            Thread.ofPlatform().daemon().name("chaos-afterwards").start(() -> {
                try {
                    gate.await();
                } catch (InterruptedException | RuntimeException gone) {
                    return; // the test is over, and so is this worker
                }
                strikeHere();
            });
            return ProcessHandle.current().pid();
        };
    }

    /**
     * Strikes when the worker exits, in a shutdown hook that the task leaves behind. The result is the worker's process
     * id.
     */
    public Task<Long> onExit() {
        return () -> {
            Runtime.getRuntime().addShutdownHook(new Thread(this::strikeHere, "chaos-on-exit"));
            return ProcessHandle.current().pid();
        };
    }

    /**
     * Strikes now, on this thread. Most misfortunes do not return.
     *
     * @throws Exception if that is the misfortune
     */
    public void strike() throws Exception {
        deed.perform();
    }

    /** Strikes like {@link #strike}, for callers that must not declare an exception. */
    void strikeHere() {
        try {
            strike();
        } catch (Throwable thrown) {
            ChaosActions.raise(thrown);
        }
    }

    @Override
    public String toString() {
        return name;
    }

    /** A plan that depends on the seed alone: one task in ten meets a misfortune, which ends the worker or the task. */
    public static Plan seeded(long seed) {
        return new Plan(
                seed,
                0.1,
                List.of(
                        exit(0),
                        exit(3),
                        halt(0),
                        halt(4),
                        kill(),
                        stack(),
                        flood(1000),
                        leak(1 << 20),
                        halfFrame(),
                        garbage(),
                        hugeFrame(),
                        throwing(new IllegalStateException("chaos"))));
    }

    /**
     * Which tasks of a long row meet which misfortune. Immutable; {@code toString} says how to repeat it.
     *
     * @param seed draws the same lots again
     * @param rate how many of the tasks are struck: 0 is none, 1 is all
     * @param among the misfortunes that are drawn from
     */
    public record Plan(long seed, double rate, List<Chaos> among) {
        private static final long FAR = 0x9E3779B97F4A7C15L;

        /**
         * Keeps a copy of the list.
         *
         * @throws IllegalArgumentException the rate is not from 0 to 1, or the list is empty
         */
        public Plan {
            if (!(rate >= 0 && rate <= 1)) {
                throw new IllegalArgumentException("rate must be between 0 and 1, not " + rate);
            }
            if (among.isEmpty()) {
                throw new IllegalArgumentException("among must not be empty");
            }
            among = List.copyOf(among);
        }

        /** Returns a plan that strikes this share of the tasks, between 0 and 1. */
        public Plan rate(double share) {
            return new Plan(seed, share, among);
        }

        /** Returns a plan of these misfortunes. With {@link #stopped} or {@link #spin}, the tasks need a timeout. */
        public Plan among(Chaos... misfortunes) {
            return new Plan(seed, rate, List.of(misfortunes));
        }

        /** Returns what befalls task {@code i} of the row, if anything. */
        public Optional<Chaos> at(int i) {
            SplittableRandom random = random(i);
            return random.nextDouble() < rate ? Optional.of(among.get(random.nextInt(among.size()))) : Optional.empty();
        }

        /**
         * Returns the task with the misfortune that {@link #at} names: while the task is unpacked, while a class is
         * loaded, before the task runs, or after.
         */
        public <T extends @Nullable Object> Task<T> spoil(int i, Task<T> task) {
            Chaos chaos = at(i).orElse(null);
            if (chaos == null) {
                return task;
            }
            Task<?> unpacked = chaos.whileUnpacking();
            Task<?> loaded = chaos.inStaticInitializer();
            return switch (random(i).split().nextInt(4)) {
                case 0 ->
                    () -> {
                        unpacked.call();
                        return task.call();
                    };
                case 1 ->
                    () -> {
                        loaded.call();
                        return task.call();
                    };
                case 2 ->
                    () -> {
                        chaos.strike();
                        return task.call();
                    };
                default ->
                    () -> {
                        T value = task.call();
                        chaos.strike();
                        return value;
                    };
            };
        }

        private SplittableRandom random(int i) {
            return new SplittableRandom(seed + FAR * i);
        }

        @Override
        public String toString() {
            return "Chaos.seeded(" + seed + "L).rate(" + rate + ") among " + among;
        }
    }
}
