package dev.pando.bench;

import dev.pando.Pool;
import dev.pando.Task;
import dev.pando.process.Processes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The cost of a JVM without a pool: a program that writes a byte and ends, started with a worker's flags; and an idle
 * program, beside an idle pool. An idle program prints the processes to look at, and ends when its input does.
 */
final class BareJvm {
    private static final Task<Long> PROCESS = () -> ProcessHandle.current().pid();
    /** Lasts so long that another worker takes the next task. */
    private static final Task<Long> LINGER = () -> {
        Thread.sleep(100);
        return ProcessHandle.current().pid();
    };

    private static final int PAGE = 4096;

    private BareJvm() {}

    /** Makes a lambda of a class that is not loaded yet. */
    private static final class First {
        static Callable<Integer> task(int number) {
            return () -> number;
        }
    }

    /**
     * Writes a byte and ends. {@code spin}: then computes until killed. {@code hold}: first allocates the given
     * mebibytes, then writes the byte and sleeps until killed. {@code stand-in}: first makes lambdas, then writes the
     * byte; for each byte that it reads, makes the first lambda of another class and writes another byte.
     */
    public static void main(String[] args) throws Exception {
        String role = args.length > 0 ? args[0] : "";
        ByteBuffer held = ByteBuffer.allocateDirect(role.equals("hold") ? Integer.parseInt(args[1]) << 20 : 0);
        for (int i = 0; i < held.capacity(); i += PAGE) {
            held.put(i, (byte) 1);
        }
        if (role.equals("stand-in")) {
            warm("text", 42, 4.2);
        }
        say();
        switch (role) {
            case "spin" -> {
                while (true) {
                    Thread.onSpinWait();
                }
            }
            case "hold" -> Thread.sleep(Long.MAX_VALUE);
            case "stand-in" -> {
                for (int heard = System.in.read(); heard >= 0; heard = System.in.read()) {
                    First.task(heard).call();
                    say();
                }
            }
            default -> {}
        }
    }

    private static void warm(String text, int number, double fraction) throws Exception {
        for (Callable<?> task : List.<Callable<?>>of(() -> null, () -> text, () -> number, () -> fraction)) {
            task.call();
        }
    }

    private static void say() {
        System.out.write('.');
        System.out.flush();
    }

    static void starts(MeasuringEffort measuringEffort) throws Exception {
        List<String> command = command();
        for (int i = 0; i <= measuringEffort.of("starts"); i++) {
            long begin = System.nanoTime();
            Process program = new ProcessBuilder(command).start();
            try (InputStream out = program.getInputStream()) {
                out.read();
            }
            long said = System.nanoTime();
            program.waitFor();
            if (i == 0) {
                continue; // the first start also loads the classes that start programs
            }
            PeerFork.print(ResultLine.BARE_BYTE.key, (said - begin) / 1e6);
            PeerFork.print(ResultLine.BARE_EXIT.key, (System.nanoTime() - begin) / 1e6);
        }
    }

    /** Kills a JVM that computes, and starts the next when the system reports its end. */
    static void follows(MeasuringEffort measuringEffort) throws Exception {
        List<String> command = command("spin");
        Process program = new ProcessBuilder(command).start();
        program.getInputStream().read();
        for (int i = 0; i < measuringEffort.of("kills"); i++) {
            Thread.sleep(50);
            CompletableFuture<Process> told = program.onExit();
            long begin = System.nanoTime();
            program.toHandle().destroyForcibly();
            told.join();
            program = new ProcessBuilder(command).start();
            program.getInputStream().read();
            PeerFork.print(ResultLine.BARE_NEXT.key, (System.nanoTime() - begin) / 1e6);
        }
        program.destroyForcibly().waitFor();
    }

    /**
     * Kills a JVM that computes as a pool would: a timer of the JDK waits for the timeout, then for the grace. The next
     * JVM starts when the first is dead, or 20 ms into its run, when a pool that has used its spare starts another.
     */
    static void ends(MeasuringEffort measuringEffort, ResultLine resultLine, boolean starting) throws Exception {
        List<String> command = command("spin");
        try (ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor()) {
            Process next = new ProcessBuilder(command).start();
            for (int i = -measuringEffort.of("timeoutsBefore"); i < measuringEffort.of("timeouts"); i++) {
                Process program = next;
                program.getInputStream().read();
                CompletableFuture<Long> dead = program.onExit().thenApply(_ -> System.nanoTime());
                long due = System.nanoTime()
                        + DeathProgram.TIMEOUT.plus(DeathProgram.GRACE).toNanos();
                Runnable kill = () -> program.toHandle().destroyForcibly();
                timer.schedule(
                        () -> timer.schedule(kill, DeathProgram.GRACE.toNanos(), TimeUnit.NANOSECONDS),
                        DeathProgram.TIMEOUT.toNanos(),
                        TimeUnit.NANOSECONDS);
                if (starting) {
                    Thread.sleep(20);
                    next = new ProcessBuilder(command).start();
                }
                double beyond = (dead.join() - due) / 1e6;
                if (i >= 0) {
                    PeerFork.print(resultLine.key, beyond);
                }
                if (!starting) {
                    next = new ProcessBuilder(command).start();
                }
            }
            next.destroyForcibly().waitFor();
        }
    }

    /**
     * Kills a JVM that holds as much as a worker, and when the system reports its end, asks a waiting JVM for a lambda.
     */
    static void standsIn(MeasuringEffort measuringEffort) throws Exception {
        String more = String.valueOf(whatAWorkerHoldsMore(measuringEffort));
        for (int i = 0; i < measuringEffort.of("spareKills"); i++) {
            Process program = new ProcessBuilder(command("hold", more)).start();
            Process other = new ProcessBuilder(command("stand-in")).start();
            program.getInputStream().read();
            other.getInputStream().read();
            Thread.sleep(measuringEffort.of("spare"));
            CompletableFuture<Process> told = program.onExit();
            long begin = System.nanoTime();
            program.toHandle().destroyForcibly();
            told.join();
            other.getOutputStream().write(1);
            other.getOutputStream().flush();
            other.getInputStream().read();
            PeerFork.print(ResultLine.BARE_STAND_IN.key, (System.nanoTime() - begin) / 1e6);
            other.destroyForcibly().waitFor();
        }
    }

    /** Returns the mebibytes a recent spare holds beyond a bare JVM: the end of a larger process is reported later. */
    private static long whatAWorkerHoldsMore(MeasuringEffort measuringEffort) throws Exception {
        Process program = new ProcessBuilder(command("hold", "0")).start();
        try (Pool pool = Pool.open(Processes.of(1).spares(1))) {
            long first = JavaPool.answer(pool, PROCESS);
            Thread.sleep(measuringEffort.of("spare"));
            ProcessHandle.of(first).orElseThrow().destroyForcibly();
            long second = DeathProgram.next(pool, PROCESS);
            program.getInputStream().read();
            Thread.sleep(50);
            double more = IdleVitals.resident(second) - IdleVitals.resident(program.pid());
            return Double.isNaN(more) ? 0 : Math.max(0, Math.round(more));
        } finally {
            program.destroyForcibly().waitFor();
        }
    }

    private static List<String> command(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(flags());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), BareJvm.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /**
     * Returns a worker's {@code java} and its flags up to the class path. Without flags where the system does not tell.
     */
    private static List<String> flags() throws Exception {
        try (Pool pool = Pool.open(Processes.of(1))) {
            Path line = Path.of("/proc/" + pool.submit(PROCESS).result() + "/cmdline");
            if (!Files.exists(line)) {
                return List.of(PeerFinder.java());
            }
            List<String> words = Arrays.asList(Files.readString(line).split("\0"));
            return words.stream()
                    .filter(word -> word.equals(words.getFirst()) || (word.startsWith("-X") && !isOfItsArchive(word)))
                    .toList();
        }
    }

    /** Flags of an archive, which does not fit another class path; the JVM would take time to find that out. */
    private static boolean isOfItsArchive(String flag) {
        return flag.startsWith("-XX:SharedArchiveFile=") || flag.startsWith("-Xlog:cds");
    }

    static void rest() throws IOException {
        say(Set.of(ProcessHandle.current().pid()));
    }

    static void rest(JavaPool pools) throws Exception {
        ExecutorService pool = pools.open(JavaPool.WORKERS, JavaPool.WORKERS);
        Set<Long> workers = new TreeSet<>();
        List<Future<Long>> futures = new ArrayList<>();
        for (int i = 0; i < JavaPool.WORKERS; i++) {
            futures.add(pool.submit((Callable<Long>) LINGER));
        }
        for (Future<Long> future : futures) {
            workers.add(future.get());
        }
        say(workers);
        JavaPool.close(pool);
    }

    private static void say(Set<Long> processes) throws IOException {
        System.out.println("workers "
                + String.join(" ", processes.stream().map(String::valueOf).toList()));
        while (System.in.read() >= 0) {
            // ignores input until its end
        }
    }
}
