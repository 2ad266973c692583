package dev.pando.shipping;

import dev.pando.internal.codec.Codec;
import dev.pando.internal.codec.message.EncodedThrowable;
import dev.pando.internal.codec.message.LoaderNumbers;
import dev.pando.internal.codec.policy.ClassPatterns;
import dev.pando.internal.codec.policy.ResultPolicy;
import dev.pando.internal.process.wire.FrameWriter;
import dev.pando.internal.worker.CallCodec;
import dev.pando.internal.worker.CallEnd;
import dev.pando.internal.worker.GuestContext;
import dev.pando.internal.worker.OfferedDesk;
import dev.pando.spi.UnsendableException;
import dev.pando.spi.UnsendableException.Direction;
import java.util.Collection;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Tasks, results and exceptions to bytes and back, on either side of a connection. Any thread may use it. */
public final class ShippingCodec {
    private final Codec codec;
    private final ClassPatterns accepted;

    private ShippingCodec(Codec codec, ClassPatterns accepted) {
        this.codec = codec;
        this.accepted = accepted;
    }

    /**
     * Returns the codec of a program, which packs tasks and does not trust what answers them.
     *
     * @param accepted which classes a result may have beside plain data and those that came with the task, as
     *     {@code Processes.accept} takes them
     * @throws IllegalArgumentException one of those is no pattern
     */
    public static ShippingCodec ofProgram(ProgramClasses classes, Collection<String> accepted) {
        ClassLoader home = ShippingCodec.class.getClassLoader();
        return new ShippingCodec(new Codec(classes.numbers(), home), ClassPatterns.of(accepted));
    }

    /**
     * Returns the codec of a worker, which trusts its program.
     *
     * @param home stands for the class path of the program
     */
    public static ShippingCodec ofWorker(LoaderTable loaders, ClassLoader home) {
        LoaderNumbers numbers = new LoaderNumbers() {
            @Override
            public int numberOf(Class<?> type) {
                return loaders.numberOf(type);
            }

            @Override
            public ClassLoader numbered(int number) throws ClassNotFoundException {
                return loaders.numbered(number);
            }
        };
        return new ShippingCodec(new Codec(numbers, home), ClassPatterns.NOTHING);
    }

    /**
     * Packs a task.
     *
     * @throws UnsendableException the task, or something that it captured, cannot travel
     */
    public ShippedWork pack(Callable<?> work) throws UnsendableException {
        var packed = codec.pack(work);
        return new ShippedWork(packed, new ResultPolicy(packed.origin(), accepted), work);
    }

    /**
     * Returns the task of these bytes, which a program has packed.
     *
     * @throws UnsendableException it cannot be built here
     */
    public Callable<?> unpack(byte[] work) throws UnsendableException {
        return (Callable<?>) java.util.Objects.requireNonNull(codec.decode(work, Direction.ARGUMENT));
    }

    /**
     * Returns the bytes of a result.
     *
     * @throws UnsendableException it cannot travel
     */
    public byte[] encode(@Nullable Object result) throws UnsendableException {
        return codec.encode(result, Direction.RESULT);
    }

    /**
     * Returns the result of these bytes, if it consists of what this task may answer.
     *
     * @throws UnsendableException it does not, or cannot be built here
     */
    public @Nullable Object decode(byte[] result, ShippedWork task) throws UnsendableException {
        return codec.decode(result, 0, result.length, Direction.RESULT, task.policy);
    }

    /** Returns an exception as bytes. */
    public ShippedThrowable encodeThrowable(Throwable thrown) {
        EncodedThrowable encoded = codec.encodeThrowable(thrown);
        return new ShippedThrowable(encoded.original(), encoded.standIn());
    }

    /** Returns the exception if this task may throw it and it can be built here, or else its stand-in. */
    public Throwable decodeThrowable(ShippedThrowable thrown, ShippedWork task) {
        return codec.decodeThrowable(new EncodedThrowable(thrown.original(), thrown.standIn()), task.policy);
    }

    /** Returns how what a task calls travels, at the end of the task. */
    CallCodec ofCalls() {
        return new CallCodec() {
            @Override
            public byte[] pack(@Nullable Object argument) throws UnsendableException {
                return codec.encode(argument, Direction.RESULT);
            }

            @Override
            public @Nullable Object unpack(byte[] result) throws UnsendableException {
                return codec.decode(result, Direction.ARGUMENT);
            }

            @Override
            public Throwable unpackThrowable(byte[] original, byte[] standIn) {
                return codec.decodeThrowable(new EncodedThrowable(original, standIn), null);
            }
        };
    }

    /** Returns how what this task calls travels, at the end of the program. */
    OfferedDesk.ProgramCodec ofOffers(ShippedWork task) {
        return new OfferedDesk.ProgramCodec() {
            @Override
            public @Nullable Object open(byte[] argument) throws UnsendableException {
                return decode(argument, task);
            }

            @Override
            public byte[] pack(@Nullable Object result) throws UnsendableException {
                byte[] bytes = codec.encode(result, Direction.ARGUMENT);
                if (bytes.length > GuestContext.LARGEST) {
                    throw FrameWriter.tooLarge(Direction.ARGUMENT, bytes.length, GuestContext.LARGEST);
                }
                return bytes;
            }

            @Override
            public CallEnd threw(Throwable thrown) {
                EncodedThrowable encoded = codec.encodeThrowable(thrown);
                return CallEnd.threw(encoded.original(), encoded.standIn());
            }
        };
    }
}
