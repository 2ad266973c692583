package dev.pando.bench;

import dev.pando.Task;
import dev.pando.internal.codec.Codec;
import dev.pando.spi.UnsendableException.Direction;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * Packs and unpacks what travels to a worker or back: a task whose lambda has captured two values, a number, a record.
 * Beside it the JDK's object streams, new ones for each object, because nothing may leak from one object to the next.
 */
public class Packing extends Bench {
    /** A small result. */
    record Reading(String station, long time, double degrees) implements Serializable {}

    private final Codec codec = new Codec();
    private final Integer number = 123_456;
    private final Reading reading = new Reading("Kew", 1_700_000_000L, 11.5);
    private final Task<String> task = task(7, "seven");

    private static Task<String> task(int count, String word) {
        return () -> word.repeat(count);
    }

    @Benchmark
    public Object taskPando() throws Exception {
        return codec.decode(codec.pack(task).bytes(), Direction.ARGUMENT);
    }

    @Benchmark
    public Object taskPeer() throws Exception {
        return plainly(task);
    }

    @Benchmark
    public Object numberPando() throws Exception {
        return result(number);
    }

    @Benchmark
    public Object numberPeer() throws Exception {
        return plainly(number);
    }

    @Benchmark
    public Object recordPando() throws Exception {
        return result(reading);
    }

    @Benchmark
    public Object recordPeer() throws Exception {
        return plainly(reading);
    }

    private Object result(Object value) throws Exception {
        return codec.decode(codec.encode(value, Direction.RESULT), Direction.RESULT);
    }

    private static Object plainly(Object value) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return in.readObject();
        }
    }
}
