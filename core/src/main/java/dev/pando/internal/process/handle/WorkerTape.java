package dev.pando.internal.process.handle;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.internal.process.wire.BadFrameException;
import dev.pando.internal.process.wire.Message;
import dev.pando.internal.process.wire.RecordMessage;
import dev.pando.internal.util.ChunkFiles;
import dev.pando.spi.RecordingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The recording that one worker makes of itself, as the parent sees it: asks for it, and gathers what a dead worker has
 * left. Any thread; the answers come on the thread that reads. Stays with its worker when the recording has ended,
 * because a worker that is killed leaves a folder all the same.
 */
public final class WorkerTape {
    private static final String GONE = "the worker is gone";

    private final WorkerHandle worker;
    private final RecordingPlan plan;
    private final Path file;

    /** What the worker has not answered; what came of each is empty text, or the reason why it failed. */
    @GuardedBy("this")
    private final Map<Integer, CompletableFuture<String>> open = new HashMap<>();

    @GuardedBy("this")
    private int questions;

    @GuardedBy("this")
    private boolean dead;

    /** Where the worker's JVM keeps what it has not written; {@code null} until it has said so. */
    @GuardedBy("this")
    private @Nullable Path repository;

    /** What came of the order to begin: an empty text, or the reason why the worker does not record. */
    private final CompletableFuture<String> beginning = new CompletableFuture<>();

    private volatile boolean isOn = true;

    private WorkerTape(WorkerHandle worker, RecordingPlan plan) {
        this.worker = worker;
        this.plan = plan;
        this.file = plan.folder().resolve(fileName());
    }

    private String fileName() {
        return worker.name.replaceAll("[^A-Za-z0-9._-]", "_") + ".jfr";
    }

    /** Lets this worker record, once for each plan. Returns what came of it: an empty text if it does. */
    public static CompletableFuture<String> begin(WorkerHandle worker, RecordingPlan plan) {
        WorkerTape tape;
        synchronized (worker) {
            WorkerTape before = worker.tape;
            if (before != null && before.plan == plan) {
                return before.beginning;
            }
            tape = new WorkerTape(worker, plan);
            if (before != null) {
                tape.adopt(before);
            }
            worker.tape = tape;
        }
        String settings = plan.settings().entrySet().stream()
                .map(one -> one.getKey() + "=" + one.getValue())
                .collect(Collectors.joining("\n"));
        var _ = tape.ask(number -> new RecordMessage.Begin(number, tape.file + "", plan.mostBytes(), settings))
                .thenAccept(tape.beginning::complete);
        return tape.beginning;
    }

    /** The numbers go on, so that an answer to the tape before is taken for none of this one. */
    private synchronized void adopt(WorkerTape before) {
        synchronized (before) {
            questions = before.questions;
            repository = before.repository;
            open.putAll(before.open);
        }
    }

    public CompletableFuture<String> write(Path folder) {
        Path target = folder.resolve(fileName());
        return ask(number -> new RecordMessage.Write(number, target + ""));
    }

    /** Ends the recording, which is then in the folder of the plan. */
    public CompletableFuture<String> end() {
        isOn = false;
        return ask(RecordMessage.Finish::new);
    }

    private CompletableFuture<String> ask(IntFunction<Message.ToWorker> order) {
        WorkerHandle.Running here = worker.running;
        CompletableFuture<String> answer = new CompletableFuture<>();
        Message.ToWorker message;
        synchronized (this) {
            if (dead || here == null || !here.process().isAlive()) {
                return CompletableFuture.completedFuture(GONE);
            }
            message = order.apply(++questions);
            open.put(questions, answer);
        }
        here.outbox().send(message);
        return answer;
    }

    /** Returns whether the worker records now, or is about to. */
    boolean isOn() {
        return isOn;
    }

    /** Says how the run is called that is sent next. */
    static void title(Assignment next, FrameOutbox outbox) {
        outbox.send(new RecordMessage.Title(next.run, next.attempt, next.job.name()));
    }

    /** The worker has answered. */
    void told(RecordMessage.Told told) throws BadFrameException {
        CompletableFuture<String> answer;
        synchronized (this) {
            answer = open.remove(told.question());
            if (answer == null) {
                throw new BadFrameException("what came of a recording, which nothing asked for");
            }
            repository = believed(told.repository());
        }
        answer.complete(told.failure());
    }

    /**
     * Returns the folder that the worker has named, if its JVM can keep chunks there: the name ends in the number of
     * its process. Returns {@code null} if not, because recordings in that folder will be deleted.
     */
    private @Nullable Path believed(String named) {
        Process process = worker.process();
        try {
            Path folder = Path.of(named);
            String name = String.valueOf(folder.getFileName());
            boolean isOurs = process != null
                    && name.matches("\\d{4}(_\\d{2}){5}_" + process.pid() + "(_\\d+)?")
                    && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
            return isOurs ? folder : null;
        } catch (InvalidPathException e) {
            return null;
        }
    }

    /** The process is dead: no answer comes, and what it has left is gathered. Called again if memory ran out. */
    void died() {
        List<CompletableFuture<String>> unanswered;
        Path left;
        synchronized (this) {
            dead = true;
            unanswered = List.copyOf(open.values());
            open.clear();
            left = repository;
        }
        unanswered.forEach(answer -> answer.complete(GONE));
        try {
            gather(left);
        } catch (IOException full) {
            System.getLogger("dev.pando")
                    .log(System.Logger.Level.WARNING, "the recording of worker " + worker.name + " is lost", full);
        }
    }

    /**
     * A worker that ended in order has written its file; one whose JVM crashed has left another in its directory; of a
     * killed one there are chunks.
     */
    private void gather(@Nullable Path left) throws IOException {
        Process process = worker.process();
        if (process != null && isOn && Files.isDirectory(plan.folder())) {
            Path crash = worker.services.launcher().crashRecording(process.pid());
            if (Files.isRegularFile(crash, LinkOption.NOFOLLOW_LINKS)) {
                ChunkFiles.join(List.of(crash), file);
                Files.deleteIfExists(crash);
            }
        }
        if (left != null && Files.isDirectory(left, LinkOption.NOFOLLOW_LINKS)) {
            try {
                if (isOn && Files.isDirectory(plan.folder()) && isEmpty(file)) {
                    ChunkFiles.join(ChunkFiles.in(left), file);
                }
            } finally {
                ChunkFiles.delete(left);
            }
        }
        if (isOn && Files.isDirectory(plan.folder())) {
            ChunkFiles.keepNewest(plan.folder(), plan.mostBytes());
        }
    }

    private static boolean isEmpty(Path file) throws IOException {
        return !Files.exists(file) || Files.size(file) == 0;
    }
}
