package dev.pando.internal.scarcity;

import dev.pando.internal.process.os.OperatingSystem;
import dev.pando.internal.process.os.ProcessTree;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A worker process that is none: its threads are of this JVM, its pipes are in memory. A {@link ScarceLoader} has the
 * launcher of workers start one of these, so that a place that has no memory is tried in milliseconds.
 */
public final class TwinProcess extends Process {
    /** No system gives such numbers to processes, so that nothing is found of this one in /proc, nor killed. */
    private static final AtomicInteger IDS = new AtomicInteger(1 << 30);

    private static final Set<TwinProcess> ALIVE = ConcurrentHashMap.newKeySet();

    /** Of SIGKILL and of SIGABRT, as {@link Process#exitValue} tells them. */
    static final int KILLED = 137;

    static final int CRASHED = 134;

    private static final int STREAMS = ScarceMemory.place("TwinProcess.start, when the process runs already");

    final BytePipe commands = new BytePipe();
    final BytePipe answers = new BytePipe();
    final BytePipe said = new BytePipe();
    private final long id = IDS.incrementAndGet();
    private final String mark;
    private final AtomicInteger code = new AtomicInteger(-1);
    private final CountDownLatch exited = new CountDownLatch(1);
    private final CompletableFuture<Process> exit = new CompletableFuture<>();

    private TwinProcess(String mark) {
        this.mark = mark;
    }

    /**
     * Stands in the place of {@link ProcessBuilder#start}. Memory may be short when the process runs already, as in the
     * JDK, which then makes the streams.
     */
    public static Process start(ProcessBuilder builder) {
        TwinProcess twin = new TwinProcess(builder.environment().get(OperatingSystem.MARK));
        ALIVE.add(twin);
        // named as the thread of the JDK that completes it, where memory may be short as well
        Thread.ofPlatform().daemon().name("process reaper " + twin.mark).start(twin::reap);
        new TwinWorker(twin).start();
        ScarceMemory.allocate(STREAMS);
        return twin;
    }

    /** Stands in the place of {@link OperatingSystem#family}: a twin has no children, and is not in /proc. */
    public static ProcessTree family(OperatingSystem os, long leader, String mark) {
        return () -> {
            int ended = 0;
            for (TwinProcess twin : ALIVE) {
                if (twin.id == leader || twin.mark.equals(mark)) {
                    twin.destroy();
                    ended++;
                }
            }
            return ended;
        };
    }

    /** Returns how many have not ended. */
    static int alive() {
        return ALIVE.size();
    }

    /** Forgets those that an earlier pool has left behind. */
    static void forgetAll() {
        ALIVE.clear();
    }

    private void reap() {
        try {
            exited.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        exit.complete(this);
    }

    boolean hasEnded() {
        return code.get() >= 0;
    }

    void end(int exitCode) {
        if (!code.compareAndSet(-1, exitCode)) {
            return;
        }
        commands.endReading();
        answers.endWriting();
        said.endWriting();
        ALIVE.remove(this);
        exited.countDown();
    }

    @Override
    public OutputStream getOutputStream() {
        return commands.in;
    }

    @Override
    public InputStream getInputStream() {
        return answers.out;
    }

    @Override
    public InputStream getErrorStream() {
        return said.out;
    }

    @Override
    public int waitFor() throws InterruptedException {
        exited.await();
        return code.get();
    }

    @Override
    public boolean waitFor(long timeout, TimeUnit unit) throws InterruptedException {
        return exited.await(timeout, unit);
    }

    @Override
    public int exitValue() {
        if (!hasEnded()) {
            throw new IllegalThreadStateException();
        }
        return code.get();
    }

    @Override
    public boolean isAlive() {
        return !hasEnded();
    }

    @Override
    public void destroy() {
        end(KILLED);
    }

    @Override
    public long pid() {
        return id;
    }

    @Override
    public CompletableFuture<Process> onExit() {
        return exit;
    }

    @Override
    public ProcessHandle toHandle() {
        return (ProcessHandle) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ProcessHandle.class}, (self, method, arguments) -> {
                    if (!method.getName().equals("destroyForcibly")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    destroy();
                    return true;
                });
    }
}
