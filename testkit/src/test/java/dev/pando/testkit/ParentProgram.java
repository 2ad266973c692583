package dev.pando.testkit;

import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.local.Threads;
import dev.pando.process.Output;
import dev.pando.process.Processes;
import java.io.File;
import java.time.Duration;

/** A program that ends in some way or other while its workers work. Prints "ready" when the waiting test may go on. */
final class ParentProgram {
    private ParentProgram() {}

    /** What the workers do when the end comes. */
    enum Doing {
        LOOPS,
        NATIVE_CODE,
        HELPERS,
        A_FLOOD,
        AT_REST,
        STARTING,
        A_SLOW_INITIALIZER
    }

    public static void main(String[] args) throws Exception {
        Tally.Handle notes = new Tally.Handle(Integer.parseInt(args[1]));
        switch (args[0]) {
            case "exit" -> {
                begin(Doing.LOOPS, notes);
                System.in.read();
                System.exit(7);
            }
            case "forget" -> forget(notes);
            case "storm" -> storm(notes);
            case "churn" -> churn(notes);
            case "litter" -> litter(Integer.parseInt(args[2]));
            case "wait" -> {
                var _ = begin(Doing.valueOf(args[2]), notes);
                System.in.read();
            }
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static Processes small(int count) {
        return Processes.of(count).heap("32m").jvmArgs(TestTasks.NATIVE).output(Output.discard());
    }

    private static Pool begin(Doing doing, Tally.Handle notes) throws Exception {
        Processes two = small(2);
        if (doing == Doing.STARTING) {
            two = two.eager();
        }
        if (doing == Doing.A_SLOW_INITIALIZER) {
            two = two.initializer(() -> {
                notes.note(TestTasks.pid());
                TestTasks.deafSleep();
            });
        }
        Pool pool = Pool.open(two);
        for (int i = 0; i < 2; i++) {
            boolean first = i == 0;
            switch (doing) {
                case LOOPS ->
                    pool.submit(() -> {
                        notes.note(TestTasks.pid());
                        return first ? TestTasks.endlessLoop() : TestTasks.countingLoop();
                    });
                case NATIVE_CODE ->
                    pool.submit(() -> {
                        notes.note(TestTasks.pid());
                        return TestTasks.nativeSleep();
                    });
                case HELPERS ->
                    pool.submit(() -> {
                        for (TestTasks.Helper helper : TestTasks.Helper.values()) {
                            helper.start();
                        }
                        notes.note(TestTasks.pid());
                        return TestTasks.deafSleep();
                    });
                case A_FLOOD ->
                    pool.submit(() -> {
                        notes.note(TestTasks.pid());
                        while (true) {
                            System.out.println("and on, and on, and on");
                        }
                    });
                case AT_REST -> notes.note(pool.submit(TestTasks::pid).result());
                case A_SLOW_INITIALIZER -> pool.submit(TestTasks::pid);
                case STARTING -> {}
            }
        }
        if (doing == Doing.STARTING) {
            for (int i = 0; i < 2; i++) {
                notes.note(0);
            }
        }
        return pool;
    }

    /** Leaves main without closing the pool. */
    private static void forget(Tally.Handle notes) {
        Pool pool = Pool.open(small(2).spares(1));
        Thread main = Thread.currentThread();
        Pool local = Pool.open(Threads.of(1));
        var _ = local.submit(
                () -> { // so that main has ended before the workers have work
                    main.join();
                    for (int i = 0; i < 20; i++) {
                        int number = i;
                        pool.submit(() -> notes.note(number));
                    }
                });
    }

    /** Leaves main while deaths of workers delay the last task. */
    private static void storm(Tally.Handle notes) {
        Pool pool = Pool.open(small(1));
        for (int i = 0; i < 9; i++) {
            pool.submit(TestTasks::halt);
        }
        pool.submit(() -> notes.note(1));
    }

    /** Goes on until it is killed: at any moment some worker starts, retires or dies, and has a helper. */
    private static void churn(Tally.Handle notes) {
        Pool pool = Pool.open(small(2).recycleAfter(2).spares(1));
        notes.note(0);
        for (int i = 0; ; i++) {
            TaskFuture<?> task = switch (i % 4) {
                case 0 -> pool.submit(() -> TestTasks.Helper.IN_A_SESSION_OF_ITS_OWN.start());
                case 1 -> pool.submit(TestTasks::halt);
                case 2 -> pool.submit(TestTasks::pid);
                default -> pool.timeout(Duration.ofMillis(10)).submit(TestTasks::endlessLoop);
            };
            if (i % 4 == 3) {
                var _ = task.exception();
            }
        }
    }

    /** Opens and closes many pools, in all ways, and prints what grows. */
    private static void litter(int pools) throws Exception {
        int before = 0;
        for (int i = 0; i < pools; i++) {
            Pool pool = Pool.with(small(2)).named("litter").open();
            pool.submit(TestTasks::pid).result();
            switch (i % 5) {
                case 0 -> pool.submit(TestTasks::halt).exception();
                case 1 -> pool.timeout(Duration.ofMillis(10)).submit(TestTasks::freeze);
                case 2 -> pool.submit(TestTasks::endlessLoop);
                case 3 ->
                    pool.submit(() -> TestTasks.Helper.IN_A_SESSION_OF_ITS_OWN.start())
                            .result();
                default -> {}
            }
            if (i % 5 == 2) {
                pool.close(Duration.ofMillis(50));
            } else {
                pool.close();
            }
            if (ProcessHandle.current().descendants().findAny().isPresent()) {
                throw new AssertionError("a process is left");
            }
            if (i == 4) {
                before = descriptors(); // of each way, one
            }
        }
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("litter") && !thread.join(Duration.ofSeconds(20))) {
                throw new AssertionError(thread);
            }
        }
        int grown = descriptors() - before;
        String[] files = new File(System.getProperty("java.io.tmpdir")).list();
        System.out.println("descriptors " + (grown <= 0 ? "flat" : "+" + grown) + ", files " + String.join(" ", files));
    }

    private static int descriptors() {
        return new File("/proc/self/fd").list().length;
    }
}
