package dev.pando.internal.task;

/** Counts the links in a task's list of observers, for tests that look for leaks. */
final class StressObserverCount {

    private StressObserverCount() {}

    static int of(ObservableTask task) {
        int count = 0;
        for (TaskObserver at = task.observers; at != null && at != ObservableTask.CLOSED; at = at.next) {
            count++;
        }
        return count;
    }
}
