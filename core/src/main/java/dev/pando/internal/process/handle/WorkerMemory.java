package dev.pando.internal.process.handle;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.internal.codec.Codec;
import dev.pando.internal.codec.message.MemoryHandle;
import dev.pando.internal.codec.message.SharedMemory;
import dev.pando.internal.process.memory.Account;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The shared memory that one worker has; no class of it is loaded before the worker has any. */
final class WorkerMemory implements SharedMemory {
    private final WorkerHandle worker;
    private final Codec codec;

    @GuardedBy("this")
    private @Nullable Account account;

    WorkerMemory(WorkerHandle worker) {
        this.worker = worker;
        this.codec = worker.services.codec().sharing(this);
    }

    /** Unpacks what comes from this worker. */
    Codec codec() {
        return codec;
    }

    synchronized Account account() {
        Account there = account;
        if (there == null) {
            account = there = new Account(
                    worker.services.memory().get(), Runtime.getRuntime().maxMemory(), message -> {
                        WorkerHandle.Running here = worker.running;
                        if (here != null) {
                            here.outbox().send(message);
                        }
                    });
        }
        return there;
    }

    private synchronized @Nullable Account known() {
        return account;
    }

    /** Notes what a task that is about to be sent takes along. */
    void attach(TaskPayload payload) {
        if (payload.attachments() != null) {
            account().noteSent(payload.attachments());
        }
    }

    void ready() {
        Account there = known();
        if (there != null) {
            there.keepInitializerLoans();
        }
    }

    /** The worker has answered this task, and its answer is unpacked. */
    void answered(TaskPayload payload) {
        Account there = known();
        if (there != null) {
            there.releaseAfterAnswer(payload.attachments());
        }
    }

    void dead() {
        Account there = known();
        if (there != null) {
            there.returnAll();
        }
    }

    @Override
    public MessageAttachments leaving() {
        return worker.services.memory().get().leaving();
    }

    @Override
    public Object arriving(MemoryHandle handle) throws IOException {
        return account().resolve(handle);
    }
}
