/*
 * A task that crashes its process, in the middle of good work: it costs that one task, and says why.
 *
 * Eight pictures are rendered by two processes. The renderer of the fourth follows a bad pointer, as native libraries
 * do, and the operating system ends the process on the spot. No try and no finally helps against that, and with threads
 * this whole program would be gone.
 */
import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.WorkerLoss;
import dev.pando.WorkerLostException;
import dev.pando.process.Output;
import dev.pando.process.Processes;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

void main() throws IOException {
    Processes two = Processes.of(2)
            .jvmArgs("--enable-native-access=ALL-UNNAMED") // lets the renderer work with pointers
            .output(Output.discard()); // a JVM that crashes prints a page about it

    try (Pool pool = Pool.open(two)) {
        List<TaskFuture<String>> pictures = new ArrayList<>();
        for (int number = 1; number <= 8; number++) {
            pictures.add(pool.named("picture").submit(n -> render(n), number));
        }

        WorkerLoss loss = null;
        System.out.println("Eight pictures, two processes:\n");
        for (TaskFuture<String> picture : pictures) {
            try {
                System.out.println("  " + picture.result());
            } catch (WorkerLostException e) {
                loss = e.loss();
                System.out.println("  " + loss.task() + " is lost");
            }
        }
        if (loss != null) {
            explain(loss);
        }
    }
}

/** Prints what is known about the death. The exception's message has all of it in one text, with the last output. */
static void explain(WorkerLoss loss) throws IOException {
    System.out.println("\nWhat is known about it:\n");
    System.out.println("  worker    " + loss.worker() + ", " + loss.workerAge().toMillis() + " ms old");
    System.out.println("  reason    " + loss.reason());
    System.out.println("  signal    " + loss.signal().orElse("none"));
    System.out.println("  progress  " + loss.progress());
    if (loss.crashLog().isEmpty()) {
        return;
    }
    System.out.println("  frame     " + loss.crashFrames().getFirst().replaceFirst("\\(.*", ""));
    Files.delete(loss.crashLog().get()); // the JVM's report of the crash: you would rather read it
}

static String render(int number) {
    if (number == 4) {
        followBadPointer();
    }
    return "picture " + number + " is rendered";
}

static void followBadPointer() {
    MemorySegment.ofAddress(64).reinterpret(4).get(ValueLayout.JAVA_INT, 0);
}
