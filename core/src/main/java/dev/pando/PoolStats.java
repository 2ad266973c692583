package dev.pando;

/**
 * A pool at one moment. The counts are read one after the other while work goes on, so they may differ by what happened
 * in between.
 *
 * @param name of the pool
 * @param backend the kind of its workers, as it would be typed
 * @param state how far its life has come, in a word
 * @param workers how many workers there are, idle ones included
 * @param running how many tasks are being run
 * @param queued how many tasks wait for a worker; those that a free worker is about to take may be beyond the bound of
 *     the queue
 * @param submitted how many tasks were accepted
 * @param succeeded how many returned
 * @param failed how many threw, or were failed by the pool
 * @param cancelled before or while they ran
 * @param rejected how many submissions were refused
 * @param retried attempts that were made again after a lost worker or a timeout
 * @param workersLost how many workers died
 */
public record PoolStats(
        String name,
        String backend,
        String state,
        int workers,
        int running,
        int queued,
        long submitted,
        long succeeded,
        long failed,
        long cancelled,
        long rejected,
        long retried,
        long workersLost) {}
