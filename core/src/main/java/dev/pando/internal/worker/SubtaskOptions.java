package dev.pando.internal.worker;

/** The options of a sub-task, as they travel. */
public record SubtaskOptions(String name, long timeoutNanos, int retries, int priority) {

    static final SubtaskOptions PLAIN = new SubtaskOptions("subtask", Long.MAX_VALUE, 0, 0);

    /** Returns retries and priority as one number. */
    long numbers() {
        return ((long) retries << Integer.SIZE) | (priority & 0xffff_ffffL);
    }

    /** Returns the options of these fields of a message. */
    public static SubtaskOptions of(String name, long timeoutNanos, long numbers) {
        return new SubtaskOptions(name, timeoutNanos, (int) (numbers >> Integer.SIZE), (int) numbers);
    }

    boolean hasTimeout() {
        return timeoutNanos != Long.MAX_VALUE;
    }
}
