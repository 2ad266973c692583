package dev.pando.junit.internal;

import dev.pando.junit.Isolated;
import dev.pando.process.Processes;
import java.util.ArrayList;
import java.util.List;

/** What kind of worker a unit asks for. Units that ask for the same share a pool. */
record WorkerSettings(String heap, String memory, List<String> jvmArgs, boolean reuse) {

    static WorkerSettings of(Isolated isolated) {
        return new WorkerSettings(isolated.heap(), isolated.memory(), List.of(isolated.jvmArgs()), isolated.reuse());
    }

    /** Returns whether the annotation says nothing of the kind of worker. */
    boolean isPlain() {
        return heap.isEmpty() && memory.isEmpty() && jvmArgs.isEmpty() && !reuse;
    }

    /**
     * Such workers.
     *
     * @throws IllegalArgumentException a size or an argument is none
     */
    Processes workers() {
        List<String> arguments = new ArrayList<>(InheritedSetup.agents());
        arguments.addAll(jvmArgs);
        Processes workers = Processes.of(1).jvmArgs(arguments.toArray(String[]::new));
        if (!heap.isEmpty()) {
            workers = workers.heap(heap);
        }
        if (!memory.isEmpty()) {
            workers = workers.memory(memory);
        }
        return reuse ? workers : workers.recycleAfter(1);
    }
}
