package dev.pando.cluster.internal.relay;

import dev.pando.shipping.RelayedWorker;
import dev.pando.shipping.ShippingCodec;
import dev.pando.shipping.TaskReports;
import dev.pando.spi.StepNotes;
import dev.pando.spi.SteppedTask;
import dev.pando.spi.UnsendableException;
import java.io.Serializable;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A program's task, as a node gives it to its pool: the bytes that the program packed, which only the worker unpacks.
 * The anchor tells the worker which class loader stands for the class path of the program.
 */
public final class RelayedTask implements SteppedTask<byte[]>, Serializable {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // its class is made at run time, and serialisable
    private final Object home;

    private final String worker;
    private final int attempt;
    private final byte[] work;

    /**
     * A task to relay.
     *
     * @param home the anchor of the program's class path
     * @param worker what the program calls the slot
     * @param attempt which one it is, from 1
     */
    public RelayedTask(Object home, String worker, int attempt, byte[] work) {
        this.home = home;
        this.worker = worker;
        this.attempt = attempt;
        this.work = work;
    }

    /** As a worker process calls it. */
    @Override
    public byte[] call(StepNotes notes) throws Exception {
        return run(notes, null);
    }

    /** As a thread of the node calls it. */
    public byte[] call(StepNotes notes, TaskReports reports) throws Exception {
        return run(notes, reports);
    }

    private byte[] run(StepNotes notes, @Nullable TaskReports reports) {
        RelayCodec relay = RelayCodec.of(home);
        Thread me = Thread.currentThread();
        ClassLoader before = me.getContextClassLoader();
        me.setContextClassLoader(relay.home());
        try {
            return run(relay.codec(), notes, new RelayedWorker(worker, attempt, relay.codec(), reports));
        } finally {
            me.setContextClassLoader(before);
        }
    }

    private byte[] run(ShippingCodec codec, StepNotes notes, RelayedWorker here) {
        try {
            Callable<?> task = codec.unpack(work);
            Callable<?> body = task instanceof SteppedTask<?> steps ? () -> steps.call(notes) : task;
            Object value = here.call(body);
            return TaskEnvelope.value(codec.encode(value));
        } catch (UnsendableException e) {
            checkMemory(e.getCause());
            return TaskEnvelope.unsendable(e, codec);
        } catch (Throwable t) { // whatever the task throws is an answer
            checkMemory(t);
            return TaskEnvelope.thrown(codec.encodeThrowable(t));
        }
    }

    /** Lets a want of memory out as it is, so that a worker process takes no other task. */
    private static void checkMemory(@Nullable Throwable thrown) {
        int far = 0;
        for (Throwable t = thrown; t != null && far < 20; t = t.getCause(), far++) {
            if (t instanceof OutOfMemoryError found) {
                OutOfMemoryError plain = new OutOfMemoryError(found.getMessage());
                plain.setStackTrace(found.getStackTrace());
                throw plain;
            }
        }
    }
}
