package dev.pando.dashboard;

import dev.pando.dashboard.internal.FeedSource;
import dev.pando.dashboard.internal.PageText;
import dev.pando.dashboard.internal.RecorderList;
import dev.pando.dashboard.internal.StateWriter;

/**
 * What there is to see, as JSON. The program that serves it decides which readers it has: the names of tasks, and the
 * messages of what they threw, are the program's own words. Any thread asks; nothing is computed before that.
 */
public final class DashboardFeed implements AutoCloseable {
    private final RecorderList recorders;
    private final StateWriter writer;
    private final PageText page = new PageText();

    DashboardFeed(RecorderList recorders) {
        this.recorders = recorders;
        this.writer = new StateWriter(recorders);
    }

    FeedSource source() {
        return writer;
    }

    /**
     * A page that shows all this in a browser and changes nothing. Each second it asks the folder that it was loaded
     * from for {@code state?cursor=N}, which {@link #since} answers. For the stack of a task it asks for {@code
     * stack?pool=P&task=T}, which {@link #stack} answers. It loads nothing else. Each call makes a page for one answer.
     */
    public String page() {
        return page.polledPage();
    }

    /** Pools, workers, the tasks that run and wait, the last failures and deaths, and the last ended tasks. */
    public String state() {
        return since(0, true);
    }

    /**
     * The same, with the tasks that ended after an earlier answer.
     *
     * @param cursor what the earlier answer has as {@code cursor}; 0 for the first
     * @param tables {@code false} for the ended tasks alone
     */
    public String since(long cursor, boolean tables) {
        return writer.since(cursor, tables).text();
    }

    /**
     * Where a running task is: {@code frames}, or, if there is none, {@code missing} with the reason by its name in
     * {@link dev.pando.TaskStack.Missing}. Waits two seconds at most for a worker of another JVM.
     *
     * @param pool which of the pools, counted from 0
     * @param task its number
     * @throws IllegalArgumentException there is no such pool
     */
    public String stack(int pool, long task) {
        return writer.stack(pool, task);
    }

    /**
     * Stops a task, waiting or running, as {@code TaskFuture.cancel(true)} does. Returns whether there was such a task.
     *
     * @throws IllegalArgumentException there is no such pool
     */
    public boolean cancel(int pool, long task) {
        return writer.cancel(pool, task);
    }

    /** Stops recording. The pools go on. */
    @Override
    public void close() {
        recorders.close();
    }
}
