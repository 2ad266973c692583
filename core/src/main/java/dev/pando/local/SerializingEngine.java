package dev.pando.local;

import dev.pando.internal.codec.Codec;
import dev.pando.internal.shared.SharedTable;
import dev.pando.internal.shared.SharingEngine;
import dev.pando.spi.Failure;
import dev.pando.spi.Host;
import dev.pando.spi.Job;
import dev.pando.spi.PackingEngine;
import dev.pando.spi.Seat;
import dev.pando.spi.UnsendableException;
import dev.pando.spi.UnsendableException.Direction;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Runs each job on the thread that brings it, from and to bytes, as a worker in a process of its own would. */
final class SerializingEngine extends CallerEngine implements PackingEngine, SharingEngine {
    private final Host host;
    private final Codec codec;
    private final AtomicReference<@Nullable SharedTable> shared = new AtomicReference<>();

    SerializingEngine(Host host, Codec codec) {
        super(host);
        this.host = host;
        this.codec = codec;
    }

    @Override
    public Object pack(Callable<?> work) throws UnsendableException {
        return codec.encode(work, Direction.ARGUMENT);
    }

    @Override
    public SharedTable sharedTable() {
        SharedTable there = shared.get();
        if (there == null) {
            shared.compareAndSet(null, SharedTable.packing(host.name(), codec));
            there = Objects.requireNonNull(shared.get());
        }
        return there;
    }

    @Override
    void run(Job job, Seat seat) {
        Object packed = job.packedWork();
        int attempt = job.begin(seat);
        if (attempt == 0) {
            return;
        }
        Object value;
        try {
            Callable<?> work = Objects.requireNonNull(
                    (Callable<?>) codec.decode((byte[]) Objects.requireNonNull(packed), Direction.ARGUMENT));
            value = codec.decode(codec.encode(work.call(), Direction.RESULT), Direction.RESULT);
        } catch (UnsendableException e) {
            job.fail(attempt, unsendable(e));
            return;
        } catch (Throwable t) {
            job.fail(attempt, thrown(t));
            return;
        }
        job.succeed(attempt, value);
    }

    private static Failure unsendable(UnsendableException e) {
        try {
            return new Failure.Unsendable(e);
        } catch (OutOfMemoryError noMemory) {
            return Failure.UNTOLD;
        }
    }

    private Failure thrown(Throwable t) {
        try {
            return new Failure.Threw(codec.roundTrip(t));
        } catch (OutOfMemoryError noMemory) {
            return Failure.UNTOLD;
        }
    }
}
