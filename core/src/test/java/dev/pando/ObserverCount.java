package dev.pando;

/** Counts the links in a task's list of observers, for tests that look for leaks. */
final class ObserverCount {

    private ObserverCount() {}

    static int of(Observed task) {
        int count = 0;
        for (Observer at = task.observers; at != null && at != Observed.CLOSED; at = at.next) count++;
        return count;
    }
}
