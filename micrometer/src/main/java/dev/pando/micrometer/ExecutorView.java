package dev.pando.micrometer;

import dev.pando.Pool;
import dev.pando.PoolStats;
import dev.pando.PoolView;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A pool in the shape of the JDK's class, for code that asks for that class. It is no pool of its own: the superclass
 * gets no task and starts no thread. Every call goes to the pool, every number comes from it at that moment, and what a
 * pool has no setting for is refused. Any thread may use it.
 */
final class ExecutorView extends ThreadPoolExecutor {
    private final Pool pool;
    private final PoolView view;
    private final QueueView queue;

    /** The most workers that were seen at once: a pool does not count that. */
    private final AtomicInteger largest = new AtomicInteger();

    ExecutorView(Pool pool) {
        super(0, 1, 0, TimeUnit.SECONDS, new SynchronousQueue<>());
        this.pool = pool;
        this.view = pool.view();
        this.queue = new QueueView(view);
    }

    @Override
    public void execute(Runnable command) {
        pool.execute(command);
    }

    @Override
    public Future<?> submit(Runnable task) {
        return pool.submit(task);
    }

    @Override
    public <T> Future<T> submit(Runnable task, T result) {
        return pool.submit(task, result);
    }

    @Override
    public <T> Future<T> submit(Callable<T> task) {
        return pool.submit(task);
    }

    @Override
    public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks) throws InterruptedException {
        return pool.invokeAll(tasks);
    }

    @Override
    public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
            throws InterruptedException {
        return pool.invokeAll(tasks, timeout, unit);
    }

    @Override
    public <T> T invokeAny(Collection<? extends Callable<T>> tasks) throws InterruptedException, ExecutionException {
        return pool.invokeAny(tasks);
    }

    @Override
    public <T> T invokeAny(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        return pool.invokeAny(tasks, timeout, unit);
    }

    @Override
    public void shutdown() {
        pool.shutdown();
    }

    @Override
    public List<Runnable> shutdownNow() {
        return pool.shutdownNow();
    }

    @Override
    public boolean isShutdown() {
        return pool.isShutdown();
    }

    @Override
    public boolean isTerminating() {
        return pool.isShutdown() && !pool.isTerminated();
    }

    @Override
    public boolean isTerminated() {
        return pool.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return pool.awaitTermination(timeout, unit);
    }

    @Override
    public void close() {
        pool.close();
    }

    @Override
    public BlockingQueue<Runnable> getQueue() {
        return queue;
    }

    @Override
    public int getActiveCount() {
        return view.stats().running();
    }

    @Override
    public long getCompletedTaskCount() {
        PoolStats stats = view.stats();
        return stats.succeeded() + stats.failed() + stats.cancelled();
    }

    @Override
    public long getTaskCount() {
        return view.stats().submitted();
    }

    @Override
    public int getPoolSize() {
        int workers = view.stats().workers();
        largest.accumulateAndGet(workers, Math::max);
        return workers;
    }

    /** Returns the most workers that {@link #getPoolSize} and this have seen. */
    @Override
    public int getLargestPoolSize() {
        getPoolSize();
        return largest.get();
    }

    @Override
    public int getCorePoolSize() {
        return view.width();
    }

    @Override
    public int getMaximumPoolSize() {
        return view.width();
    }

    /** Returns true: workers without work leave. */
    @Override
    public boolean allowsCoreThreadTimeOut() {
        return true;
    }

    /** Does nothing: a task of a pool leaves the queue when it is cancelled. */
    @Override
    public void purge() {}

    @Override
    public boolean remove(Runnable task) {
        throw refusal("gives no task back by what was handed in: cancel its future");
    }

    @Override
    public void setCorePoolSize(int corePoolSize) {
        throw fixed("number of workers");
    }

    @Override
    public void setMaximumPoolSize(int maximumPoolSize) {
        throw fixed("number of workers");
    }

    @Override
    public boolean prestartCoreThread() {
        throw refusal("starts workers when there is work for them");
    }

    @Override
    public int prestartAllCoreThreads() {
        throw refusal("starts workers when there is work for them");
    }

    @Override
    public void allowCoreThreadTimeOut(boolean value) {
        throw fixed("time that a worker without work stays");
    }

    @Override
    public void setKeepAliveTime(long time, TimeUnit unit) {
        throw fixed("time that a worker without work stays");
    }

    @Override
    public long getKeepAliveTime(TimeUnit unit) {
        throw fixed("time that a worker without work stays");
    }

    @Override
    public void setThreadFactory(ThreadFactory threadFactory) {
        throw fixed("way to make workers");
    }

    @Override
    public ThreadFactory getThreadFactory() {
        throw fixed("way to make workers");
    }

    @Override
    public void setRejectedExecutionHandler(RejectedExecutionHandler handler) {
        throw fixed("answer when its queue is full");
    }

    @Override
    public RejectedExecutionHandler getRejectedExecutionHandler() {
        throw fixed("answer when its queue is full");
    }

    private UnsupportedOperationException fixed(String what) {
        return refusal("has its " + what + " from its backend and its builder");
    }

    private UnsupportedOperationException refusal(String why) {
        return new UnsupportedOperationException(
                "pool " + view.stats().name() + " is no ThreadPoolExecutor, and " + why);
    }

    @Override
    public String toString() {
        PoolStats stats = view.stats();
        return "pool " + stats.name() + " as an executor [" + stats.backend() + ", " + stats.state() + ", running "
                + stats.running() + ", queued " + stats.queued() + "]";
    }
}
