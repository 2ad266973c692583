package dev.pando.testkit;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/** How each {@link Chaos} is done. Each method befalls the JVM that calls it. */
final class ChaosActions {
    /** Where a worker's answers go; see the map of dev.pando.internal.process.wire. */
    private static final String ANSWERS = "/dev/fd/4";

    private static final List<byte[]> LEAKED = new ArrayList<>();

    private ChaosActions() {}

    static void kill() throws IOException, InterruptedException {
        signal("KILL");
        sleep();
    }

    /**
     * Stops this process. The shell ends only once it has seen that, because a signal that was sent is only on its way:
     * until one thread has taken it the others run on, on a busy machine for long enough to end the task.
     */
    static void stop() throws IOException, InterruptedException {
        String self = String.valueOf(ProcessHandle.current().pid());
        String stopped =
                "kill -STOP $0; while [ -r /proc/$0/status ] && ! grep -q '^State:.T' /proc/$0/status; do :; done";
        new ProcessBuilder("/bin/sh", "-c", stopped, self).inheritIO().start().waitFor();
    }

    private static void signal(String name) throws IOException, InterruptedException {
        String command = "kill -" + name + " " + ProcessHandle.current().pid();
        new ProcessBuilder("/bin/sh", "-c", command).inheritIO().start().waitFor();
    }

    @SuppressWarnings("restricted")
    static void segfault() {
        long nothing = MemorySegment.NULL.reinterpret(8).get(ValueLayout.JAVA_LONG, 0);
        throw new IllegalStateException("there is something at the address 0: " + nothing);
    }

    @SuppressWarnings("restricted")
    static void abort() throws Exception {
        Linker linker = Linker.nativeLinker();
        try {
            linker.downcallHandle(linker.defaultLookup().findOrThrow("abort"), FunctionDescriptor.ofVoid())
                    .invokeExact();
        } catch (Throwable thrown) {
            raise(thrown);
        }
    }

    static void heap() {
        Object[] all = {};
        while (true) {
            all = new Object[] {all, new byte[1 << 20]};
        }
    }

    @SuppressWarnings("InfiniteRecursion") // that is what it is for
    static int stack(int depth) {
        return depth + stack(depth + 1);
    }

    @SuppressWarnings({"unchecked", "DoNotCallSuggester"}) // to call it is to throw
    static <E extends Throwable> void raise(Throwable thrown) throws E {
        throw (E) thrown;
    }

    static void flood(int lines) {
        for (int i = 0; i < lines; i++) {
            System.out.println("flood " + i);
        }
    }

    static void leak(int bytes) {
        byte[] leaked = new byte[bytes];
        Arrays.fill(leaked, (byte) 1); // untouched pages would not be resident
        synchronized (LEAKED) {
            LEAKED.add(leaked);
        }
    }

    static void spin() {
        while (true) {
            Thread.onSpinWait();
        }
    }

    static void deadlock() {
        Object left = new Object();
        Object right = new Object();
        CountDownLatch both = new CountDownLatch(2);
        Thread.ofPlatform().daemon().name("chaos-deadlock").start(() -> embrace(right, left, both));
        embrace(left, right, both);
    }

    private static void embrace(Object first, Object second, CountDownLatch both) {
        synchronized (first) {
            both.countDown();
            while (both.getCount() > 0) {
                Thread.onSpinWait(); // no wait that an interrupt could end
            }
            synchronized (second) {
                throw new IllegalStateException("no deadlock");
            }
        }
    }

    static void files() throws IOException {
        List<FileInputStream> open = new ArrayList<>(1 << 16);
        try {
            while (true) {
                open.add(new FileInputStream("/dev/null"));
            }
        } finally {
            for (FileInputStream file : open) {
                file.close();
            }
        }
    }

    static void disk() throws IOException {
        try (OutputStream full = new FileOutputStream("/dev/full")) {
            full.write(1);
        }
    }

    static void send(byte[] bytes) throws IOException {
        try (OutputStream answers = new FileOutputStream(ANSWERS)) {
            answers.write(bytes);
        }
    }

    /** Sleeps for good; an interrupt does not end it. */
    static void sleep() {
        while (true) {
            LockSupport.park();
            Thread.interrupted();
        }
    }
}
