package dev.pando.lab.look;

import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.Worker;
import dev.pando.local.Threads;
import dev.pando.local.Virtual;
import dev.pando.process.Processes;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A program that hangs, to be looked at: all its workers are deadlocked, or compute for ever. */
final class HangingProgram {
    /** A name that would clear a terminal, set its title, and write the rest backwards. */
    static final String EVIL = "evil\033[2J\033]0;title\007\u202Eback";

    private static final Object FIRST = new Object();
    private static final Object SECOND = new Object();

    private HangingProgram() {}

    /** @param arguments {@code all}, or only pools of threads */
    public static void main(String[] arguments) throws InterruptedException {
        int processors = Runtime.getRuntime().availableProcessors();
        boolean all = arguments.length > 0 && arguments[0].equals("all");
        CountDownLatch inside = new CountDownLatch(2 + (all ? processors : 0));
        CountDownLatch held = new CountDownLatch(2);
        Pool locks = Pool.with(Threads.of(2)).named("locks").open();
        locks.named("first").submit(() -> deadlock(FIRST, SECOND, held, inside));
        while (held.getCount() == 2) {
            Thread.onSpinWait(); // what has run longest comes first on the screen, and must be the first
        }
        locks.named("second").submit(() -> deadlock(SECOND, FIRST, held, inside));
        locks.named(EVIL).submit(() -> {});
        locks.shared().queue(5).put("secret-argument");
        if (all) {
            Pool virtual = Pool.with(Virtual.unlimited()).named("virtual").open();
            for (int i = 0; i < 3 * processors; i++) {
                virtual.named("carrier").submit(() -> holdsACarrier(inside));
            }
            Pool processes = Pool.with(Processes.of(2)).named("processes").open();
            String secret = "secret-argument";
            List<TaskFuture<Integer>> spinning = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                spinning.add(processes.named("spin").submit(() -> spins(secret)));
            }
            while (spinning.stream()
                            .filter(task -> task.info().progress().isPresent())
                            .count()
                    < 2) {
                Thread.onSpinWait(); // a task that has begun may still be unpacked
            }
        }
        inside.await();
        while (ManagementFactory.getThreadMXBean().findMonitorDeadlockedThreads() == null) {
            Thread.onSpinWait();
        }
        System.out.println("hangs");
    }

    private static void deadlock(Object one, Object other, CountDownLatch held, CountDownLatch inside)
            throws InterruptedException {
        synchronized (one) {
            held.countDown();
            held.await();
            inside.countDown();
            synchronized (other) {
                throw new AssertionError("no deadlock");
            }
        }
    }

    private static void holdsACarrier(CountDownLatch inside) {
        inside.countDown();
        while (true) {
            Thread.onSpinWait();
        }
    }

    private static int spins(String secret) {
        Worker.progress(0);
        while (!secret.isEmpty()) {
            Thread.onSpinWait();
        }
        return secret.length();
    }
}
