package dev.pando.bench;

import dev.pando.Pool;
import dev.pando.Task;
import dev.pando.process.Processes;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import net.viktorc.pp4j.impl.JavaProcessPoolExecutor;
import net.viktorc.pp4j.impl.SimpleJavaProcessOptions;

/** A kind of pool whose workers are JVMs: Pando's, or PP4J's, the only other for general use. */
enum JavaPool {
    PANDO {
        /** Sets the queue's size, so that no submitter has to wait. */
        @Override
        ExecutorService open(int workers, int queue) {
            return Pool.with(Processes.of(workers)).queue(queue).open();
        }

        @Override
        ExecutorService openEarly() {
            return Pool.open(Processes.of(1).eager());
        }

        @Override
        String version() {
            return "Java " + System.getProperty("java.vm.version") + " (" + System.getProperty("java.vendor") + ")";
        }
    },
    PP4J {
        @Override
        ExecutorService open(int workers, int queue) throws InterruptedException {
            return new JavaProcessPoolExecutor(new SimpleJavaProcessOptions(0), workers, workers, 0, null, false);
        }

        @Override
        ExecutorService openEarly() throws InterruptedException {
            return open(1, 1);
        }

        @Override
        String version() throws IOException {
            Properties pom = new Properties();
            try (InputStream in =
                    JavaPool.class.getResourceAsStream("/META-INF/maven/net.viktorc/pp4j/pom.properties")) {
                if (in != null) {
                    pom.load(in);
                }
            }
            return "PP4J " + pom.getProperty("version", "of unknown version");
        }
    };

    static final int WORKERS = 2;
    private static final int PATIENCE_SECONDS = 30;

    static JavaPool of(String key) {
        return key.equals(PeerKind.PANDO.key()) ? PANDO : PP4J;
    }

    abstract ExecutorService open(int workers, int queue) throws InterruptedException;

    /** Opens a pool whose only worker starts before there is a task. */
    abstract ExecutorService openEarly() throws InterruptedException;

    abstract String version() throws IOException;

    static <T> T answer(ExecutorService pool, Task<T> task) throws Exception {
        return pool.submit((Callable<T>) task).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    static void close(ExecutorService pool) throws InterruptedException {
        pool.shutdown();
        if (!pool.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            System.err.println("did not end");
        }
    }
}
