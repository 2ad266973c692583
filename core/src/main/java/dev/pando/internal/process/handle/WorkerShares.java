package dev.pando.internal.process.handle;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.internal.process.wire.BadFrameException;
import dev.pando.internal.process.wire.CallMessage;
import dev.pando.internal.process.wire.MessageLimits;
import dev.pando.internal.shared.CallOwner;
import dev.pando.internal.shared.CallStatus;
import dev.pando.internal.shared.ItemBlocks;
import dev.pando.internal.shared.OwnerBook;
import dev.pando.internal.shared.PackedItem;
import dev.pando.internal.shared.RemoteCall;
import dev.pando.internal.shared.SharedCall.CallPatience;
import dev.pando.internal.shared.SharedOperation;
import dev.pando.internal.shared.SharedTable;
import dev.pando.internal.shared.TaskRuns;
import dev.pando.internal.worker.ServingHost;
import dev.pando.spi.Host;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one worker to the constructs of its pool, and to the pool. The thread that reads brings them; the thread
 * that ends a call, any thread, replies. Made with the worker's first call.
 */
final class WorkerShares {
    private static final CallPatience[] PATIENCE = CallPatience.values();

    private final WorkerHandle worker;
    private final OwnerBook book;
    private final TaskRequests requests;

    @GuardedBy("this")
    private final Map<Integer, RemoteCall> open = new HashMap<>();

    /** Tokens that the worker cannot guess, so that it knows one only if it has read the reply. */
    @GuardedBy("this")
    private final SplittableRandom tokens = new SplittableRandom(new SecureRandom().nextLong());

    /** The last token, and how many bytes the worker had been sent when the reply with it was. */
    @GuardedBy("this")
    private int token;

    @GuardedBy("this")
    private long mark;

    /** The tasks that the worker had when it died. Written by the thread that buries it. */
    private volatile List<Assignment> left = List.of();

    /** How many calls may yet be withdrawn. Used by the thread that reads. */
    private long notWithdrawn;

    WorkerShares(WorkerHandle worker) {
        this.worker = worker;
        this.book = new OwnerBook(worker.name, new WorkerRuns());
        Host host = worker.services.host();
        this.requests = new TaskRequests(worker, host instanceof ServingHost pool ? pool.taskServices() : null);
    }

    private final class WorkerRuns implements TaskRuns {
        @Override
        public int last() {
            return worker.inFlight.lastRun();
        }

        @Override
        public @Nullable Object policy(int run) {
            Assignment one = worker.inFlight.at(run);
            return one == null ? null : one.payload.policy;
        }

        @Override
        public String name(int run) {
            Assignment one = worker.inFlight.at(run);
            for (Assignment each : left) {
                one = each.run == run ? each : one;
            }
            return one == null ? "a task" : one.job.name();
        }
    }

    private @Nullable SharedTable table() {
        return worker.services.shared().get();
    }

    /** The worker calls. The caller is the thread that reads, which waits if the worker does not read its replies. */
    void call(CallMessage.Request call, FrameOutbox outbox) throws BadFrameException {
        confirmRead(call.heard(), outbox);
        outbox.checkCall(MessageLimits.UNREAD_BYTES);
        SharedOperation operation = SharedOperation.of(call.operation());
        if (operation == null || call.patience() < 0 || call.patience() >= PATIENCE.length) {
            throw new BadFrameException("a call that there is not: " + call.operation());
        }
        Assignment asking = worker.inFlight.find(call.run());
        if (asking == null && (call.run() <= 0 || call.run() > worker.inFlight.lastRun())) {
            throw new BadFrameException("a call of a task that it was not given");
        }
        List<byte[]> blocks = ItemBlocks.read(call.items());
        List<Object> items = new ArrayList<>(1);
        for (byte[] item : blocks) {
            items.add(new PackedItem(item, asking == null ? null : asking.payload.policy));
        }
        CallOwner owner = new CallOwner(book, call.run(), call.thread(), asking == null ? "a task" : asking.job.name());
        RemoteCall made = new RemoteCall(
                this::reply,
                call.question(),
                owner,
                operation,
                PATIENCE[call.patience()],
                call.amount(),
                call.other(),
                items);
        synchronized (this) {
            if (open.size() >= MessageLimits.OPEN_CALLS) {
                throw BadFrameException.tooMany("a call, while " + open.size() + " calls are open");
            }
            if (open.putIfAbsent(call.question(), made) != null) {
                throw new BadFrameException("a call by the number of another");
            }
        }
        notWithdrawn++;
        if (operation.isOfPool()) {
            request(made, call, blocks, asking);
            return;
        }
        made.submit(table(), worker.services.host().name(), call.number(), call.tag(), asking != null);
    }

    private void request(RemoteCall made, CallMessage.Request call, List<byte[]> blocks, @Nullable Assignment asking)
            throws BadFrameException {
        if (asking == null) {
            made.finish(CallStatus.REFUSED, 0, List.of(), "the task of this thread has ended");
        } else {
            requests.handle(made, call, blocks, asking);
        }
    }

    void withdraw(int question) throws BadFrameException {
        if (--notWithdrawn < 0) {
            throw BadFrameException.tooMany("that it withdraws a call, more often than it has called");
        }
        RemoteCall call;
        synchronized (this) {
            call = open.get(question);
        }
        Runnable whenWithdrawn = call == null ? null : call.whenWithdrawn;
        SharedTable table = table();
        if (whenWithdrawn != null) {
            whenWithdrawn.run();
        } else if (call != null && table != null) {
            var _ = table.withdraw(call); // or else it has ended, and the reply is on its way
        }
    }

    private synchronized void confirmRead(int heard, FrameOutbox outbox) {
        if (token != 0 && heard == token) {
            outbox.confirmRead(mark);
        }
    }

    /** A call has ended. */
    private void reply(RemoteCall call) {
        WorkerHandle.Running here = worker.running;
        if (here != null && call.isDone() && call.memory() instanceof WordLoan loan) {
            byte[] shown = loan.show(worker.memory.account());
            if (shown != null) {
                try {
                    reply(call, here, shown);
                } finally {
                    loan.sent();
                }
                return;
            }
        }
        reply(call, here, null);
    }

    /** @param shown what shows the worker the memory of what it calls; {@code null}: nothing */
    private synchronized void reply(RemoteCall call, WorkerHandle.@Nullable Running here, byte @Nullable [] shown) {
        open.remove(call.question());
        if (here == null) {
            return;
        }
        do {
            token = tokens.nextInt();
        } while (token == 0);
        mark = here.outbox().send(shown == null ? call.message(token) : call.message(token, shown));
    }

    /** The task of this run has ended, in whatever way: nothing of it waits or holds anything any more. */
    void taskEnded(int run) {
        SharedTable table = table();
        if (table != null) {
            table.taskEnded(book, run, "ended without giving it back");
        }
    }

    /** @param unanswered the tasks that it had begun */
    void died(String reason, List<Assignment> unanswered) {
        left = unanswered;
        SharedTable table = table();
        if (table != null) {
            table.workerDied(book, "died: " + reason);
        }
        requests.died();
    }
}
