package dev.pando.internal.process.child;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** One attempt at one task in this worker, from before it is unpacked until its answer is packed. */
@Name("dev.pando.TaskRun")
@Label("Task run")
@Category("Pando")
@StackTrace(false)
@SuppressWarnings("UnusedVariable") // the recorder reads the fields
final class RunEvent extends Event {
    @Label("Task")
    String task = "";

    @Label("Worker")
    String worker = "";

    @Label("Attempt")
    int attempt;
}
