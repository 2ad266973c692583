package dev.pando.testkit;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;

/** What tasks do in these tests, well or badly. Runs in workers, and needs native access. */
final class TestTasks {
    static final String NATIVE = "--enable-native-access=ALL-UNNAMED";

    /** Objects that tasks leave behind in their worker. */
    static final List<Object> LEFT = new ArrayList<>();

    private TestTasks() {}

    static int pid() {
        return (int) ProcessHandle.current().pid();
    }

    /** Notes a number; an interrupt before the acknowledgement is ignored. */
    static void note(Tally.Handle notes, int number) {
        try {
            notes.note(number);
        } catch (UncheckedIOException interrupted) {
            Thread.interrupted();
        }
    }

    /** A loop without a call, so without a place that could react to an interrupt. */
    static int endlessLoop() {
        int n = 1;
        while (n != 0) {
            n = n * 5 | 1;
        }
        return n;
    }

    /** A loop that the compiler can count, within a loop that it cannot. */
    static int countingLoop() {
        int n = 1;
        while (n != 0) {
            for (int i = 0; i < Integer.MAX_VALUE; i++) {
                n = n * 7 | 1;
            }
        }
        return n;
    }

    /** Sleeps, and goes on after every interrupt. */
    static int deafSleep() {
        while (true) {
            try {
                Thread.sleep(1_000_000);
            } catch (InterruptedException ignored) {
                // that is the point
            }
        }
    }

    /** Sleeps in C. */
    static int nativeSleep() {
        while (true) {
            try {
                int _ = (int) c("sleep", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT))
                        .invokeExact(1_000);
            } catch (Throwable t) {
                throw new AssertionError(t);
            }
        }
    }

    @SuppressWarnings("restricted")
    static MethodHandle c(String function, FunctionDescriptor type, Linker.Option... options) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(function), type, options);
    }

    static int freeze() throws Exception {
        ChaosActions.stop();
        return 0;
    }

    static int dieBySigkill() throws Exception {
        return new ProcessBuilder("kill", "-KILL", String.valueOf(pid()))
                .start()
                .waitFor();
    }

    static int halt() {
        Runtime.getRuntime().halt(3);
        return 0;
    }

    /** Keeps this much memory, and touches all of it. */
    static void leak(int bytes) {
        byte[] block = new byte[bytes];
        for (int i = 0; i < bytes; i += 1024) {
            block[i] = 1;
        }
        LEFT.add(block);
    }

    static int outOfMemory() {
        List<byte[]> all = new ArrayList<>();
        while (true) {
            all.add(new byte[1 << 20]);
        }
    }

    /** Keeps the memory that it has, so that the worker never recovers. */
    static int outOfMemoryForGood() {
        int size = 1 << 20;
        while (true) {
            try {
                while (true) {
                    LEFT.add(new byte[size]);
                }
            } catch (OutOfMemoryError e) {
                if (size == 0) {
                    throw e;
                }
                size /= 2;
            }
        }
    }

    /** The ways in which a task may start a process. */
    enum Helper implements Serializable {
        WITH_OUR_OUTPUT {
            @Override
            long start() throws IOException {
                return new ProcessBuilder("sleep", "1000").inheritIO().start().pid();
            }
        },
        IN_A_SESSION_OF_ITS_OWN {
            @Override
            long start() throws IOException {
                return said(started("setsid", "sh", "-c", "echo $$; exec sleep 1000"));
            }
        },
        BY_A_HELPER {
            @Override
            long start() throws IOException {
                return said(started("sh", "-c", "sleep 1000 & echo $!; wait"));
            }
        },
        BY_A_HELPER_THAT_IS_GONE {
            @Override
            long start() throws IOException {
                Process helper = started("sh", "-c", "setsid sleep 1000 & echo $!");
                long child = said(helper);
                helper.onExit().join(); // or else a test that signals all processes meets a helper that just ends
                return child;
            }
        };

        /** Starts the process, and returns its id. */
        abstract long start() throws IOException;

        private static Process started(String... command) throws IOException {
            return new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        }

        private static long said(Process process) throws IOException {
            return Long.parseLong(process.inputReader().readLine());
        }
    }
}
