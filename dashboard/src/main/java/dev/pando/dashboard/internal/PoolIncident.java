package dev.pando.dashboard.internal;

/**
 * Something that went wrong.
 *
 * @param number counted up over all pools
 * @param millis when it was heard of, since 1970
 * @param kind one of {@code failed}, {@code timeout}, {@code lost}, {@code deadlock}, {@code death}
 * @param subject the task, or the worker that died
 * @param detail everything that is known, in lines
 */
record PoolIncident(
        long number, long millis, int pool, String kind, String subject, String worker, String title, String detail) {}
