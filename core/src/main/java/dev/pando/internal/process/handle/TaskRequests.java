package dev.pando.internal.process.handle;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.internal.codec.Codec;
import dev.pando.internal.codec.message.EncodedThrowable;
import dev.pando.internal.codec.policy.ResultPolicy;
import dev.pando.internal.process.wire.BadFrameException;
import dev.pando.internal.process.wire.CallMessage;
import dev.pando.internal.process.wire.FrameWriter;
import dev.pando.internal.shared.CallStatus;
import dev.pando.internal.shared.PackedItem;
import dev.pando.internal.shared.RemoteCall;
import dev.pando.internal.shared.SharedOperation;
import dev.pando.internal.worker.CallEnd;
import dev.pando.internal.worker.OfferedDesk;
import dev.pando.internal.worker.SubtaskOptions;
import dev.pando.internal.worker.TaskServices;
import dev.pando.internal.worker.TaskServices.AcceptedSubtask;
import dev.pando.spi.RelayedJob;
import dev.pando.spi.UnsendableException;
import dev.pando.spi.UnsendableException.Direction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * What the tasks of one worker ask of their pool. The thread that reads brings it, and is held up by none of it: code
 * of the user's runs on threads of its own. The bytes of a sub-task and of its result are passed on unopened.
 */
final class TaskRequests {
    /** The longest text of a progress, and the longest name, in bytes. */
    private static final int MOST_TEXT = 4000;

    /** {@code null}: the host of the worker runs tasks and does nothing for them. */
    private final @Nullable TaskServices pool;

    /** Without shared memory: what a task is given here may stay for longer than the task. */
    private final Codec codec;

    /** {@code null}: there is no pool. */
    private final @Nullable OfferedDesk offers;

    /** The open sub-tasks, by the question that submitted them. */
    @GuardedBy("this")
    private final Map<Integer, AcceptedSubtask> subtasks = new HashMap<>();

    @GuardedBy("this")
    private boolean dead;

    TaskRequests(WorkerHandle worker, @Nullable TaskServices pool) {
        this.pool = pool;
        WorkerServices services = worker.services;
        this.codec = new Codec(services.classes(), TaskRequests.class.getClassLoader());
        this.offers = pool == null ? null : new OfferedDesk(pool, worker.name + "-call", services.host());
    }

    /** @param asking the task that asks, which has begun and is not answered */
    void handle(RemoteCall call, CallMessage.Request request, List<byte[]> items, Assignment asking)
            throws BadFrameException {
        SharedOperation operation = SharedOperation.of(request.operation());
        if (operation == null || !operation.takes(items.size())) {
            throw new BadFrameException("a request with the wrong items: " + operation);
        }
        switch (operation) {
            case PROGRESS -> noteProgress(call, Double.longBitsToDouble(request.amount()), items, asking);
            case ATTEMPT -> finish(call, asking.attempt, List.of());
            case CALL -> call(call, text(items.getFirst()), items.getLast(), asking);
            default -> serve(call, request, items, asking);
        }
    }

    private void serve(RemoteCall call, CallMessage.Request request, List<byte[]> items, Assignment asking)
            throws BadFrameException {
        TaskServices services = pool;
        if (services == null) {
            refuse(call);
            return;
        }
        switch (SharedOperation.of(request.operation())) {
            case SUBMIT -> submit(services, call, request, items, asking);
            case TAKE_BACK -> {
                AcceptedSubtask subtask = find((int) request.amount());
                finish(call, subtask != null && subtask.cancel(false) ? 1 : 0, List.of());
            }
            case null, default -> throw new BadFrameException("a request that there is not: " + request.operation());
        }
    }

    private static void refuse(RemoteCall call) {
        call.finish(CallStatus.REFUSED, 0, List.of(), "the host of this worker does nothing for its tasks");
    }

    /** A call of what the program offers: of this one, or of one that gave this program the task to run. */
    private void call(RemoteCall call, String name, byte[] argument, Assignment asking) {
        if (asking.job instanceof RelayedJob relayed) {
            call.whenWithdrawn = relayed.call(name, argument, reply -> {
                if (reply == null) {
                    call.finish(CallStatus.UNDONE, 0, List.of(), "");
                } else {
                    finish(call, 0, List.of(reply));
                }
            });
        } else if (offers == null) {
            refuse(call);
        } else {
            call.whenWithdrawn =
                    offers.call(name, argument, new ItemCodec(codec, asking.payload.policy), end -> finish(call, end));
        }
    }

    private static void finish(RemoteCall call, CallEnd end) {
        if (end.status() == CallStatus.DONE) {
            finish(call, end.how(), end.items());
        } else {
            call.finish(end.status(), 0, List.of(), end.why());
        }
    }

    /** @param policy what an argument may consist of */
    private record ItemCodec(Codec codec, ResultPolicy policy) implements OfferedDesk.ProgramCodec {

        @Override
        public @Nullable Object open(byte[] argument) throws UnsendableException {
            return codec.decode(argument, 0, argument.length, Direction.RESULT, policy);
        }

        @Override
        public byte[] pack(@Nullable Object result) throws UnsendableException {
            byte[] bytes = codec.encode(result, Direction.ARGUMENT);
            if (bytes.length > FrameWriter.LARGEST) {
                throw FrameWriter.tooLarge(Direction.ARGUMENT, bytes.length, FrameWriter.LARGEST);
            }
            return bytes;
        }

        @Override
        public CallEnd threw(Throwable thrown) {
            return encoded(codec, thrown);
        }

        static CallEnd encoded(Codec codec, Throwable thrown) {
            EncodedThrowable encoded = codec.encodeThrowable(thrown);
            return CallEnd.threw(encoded.original(), encoded.standIn());
        }
    }

    private static String text(byte[] bytes) throws BadFrameException {
        if (bytes.length > MOST_TEXT) {
            throw new BadFrameException("a text of " + bytes.length + " bytes");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void finish(RemoteCall call, long amount, List<byte[]> items) {
        List<PackedItem> packed = new ArrayList<>(items.size());
        for (byte[] item : items) {
            packed.add(new PackedItem(item, null));
        }
        call.finish(CallStatus.DONE, amount, packed, "");
    }

    private static void noteProgress(RemoteCall call, double fraction, List<byte[]> items, Assignment asking)
            throws BadFrameException {
        if (!(fraction >= 0 && fraction <= 1)) {
            throw new BadFrameException("a progress of " + fraction);
        }
        asking.job.progress(asking.attempt, fraction, text(items.getFirst()));
        finish(call, 0, List.of());
    }

    private void submit(
            TaskServices services, RemoteCall call, CallMessage.Request request, List<byte[]> items, Assignment asking)
            throws BadFrameException {
        SubtaskOptions options = SubtaskOptions.of(text(items.getLast()), request.amount(), request.other());
        if (options.name().isBlank() || options.timeoutNanos() <= 0 || options.retries() < 0) {
            throw new BadFrameException("a sub-task with options that there are not: " + options);
        }
        AcceptedSubtask subtask;
        try {
            subtask = services.acceptPacked(TaskPayload.relayed(items.getFirst(), asking.payload), options);
        } catch (RejectedExecutionException refused) {
            call.finish(CallStatus.REFUSED, 0, List.of(), String.valueOf(refused.getMessage()));
            return;
        }
        boolean late;
        synchronized (this) {
            late = dead;
            subtasks.put(request.question(), subtask);
        }
        call.whenWithdrawn = () -> subtask.cancel(true);
        subtask.whenEnded(new SubtaskReply(call, request.question()));
        if (late) {
            subtask.cancel(true);
        }
    }

    private synchronized @Nullable AcceptedSubtask find(int question) {
        return subtasks.get(question);
    }

    /** Replies when a sub-task has ended, unless no worker waits for it any more. Any thread. */
    private final class SubtaskReply implements TaskServices.SubtaskListener {
        private final RemoteCall call;
        private final int question;

        SubtaskReply(RemoteCall call, int question) {
            this.call = call;
            this.question = question;
        }

        @Override
        public void returned(@Nullable Object value) {
            if (value instanceof PackedItem packed) {
                forget(question);
                call.finish(CallStatus.DONE, RequestEnd.RETURNED.amount(), List.of(packed), "");
            } else {
                failed(new IllegalStateException("a sub-task ran without a worker"));
            }
        }

        @Override
        public void failed(Throwable error) {
            forget(question);
            finish(call, ItemCodec.encoded(codec, error));
        }

        @Override
        public void cancelled() {
            forget(question);
            finish(call, RequestEnd.CANCELLED.amount(), List.of());
        }
    }

    private synchronized void forget(int question) {
        subtasks.remove(question);
    }

    /** How a request ended, as its reply has it. */
    private enum RequestEnd {
        RETURNED,
        THREW,
        CANCELLED;

        @SuppressWarnings("EnumOrdinal") // the worker's side has the same three
        long amount() {
            return ordinal();
        }
    }

    /** The worker has died: no worker waits for its sub-tasks any more. */
    void died() {
        List<AcceptedSubtask> left;
        synchronized (this) {
            dead = true;
            left = List.copyOf(subtasks.values());
        }
        for (AcceptedSubtask subtask : left) {
            subtask.cancel(true);
        }
        if (offers != null) {
            offers.stop();
        }
    }
}
