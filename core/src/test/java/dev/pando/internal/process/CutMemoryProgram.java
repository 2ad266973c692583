package dev.pando.internal.process;

import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.internal.codec.Codec;
import dev.pando.internal.codec.message.MemoryHandle;
import dev.pando.internal.process.memory.MemoryPeek;
import dev.pando.internal.process.wire.Message;
import dev.pando.process.Output;
import dev.pando.process.Processes;
import dev.pando.process.SharedArray;
import dev.pando.spi.UnsendableException.Direction;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.Adler32;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import java.util.zip.Deflater;

/**
 * A program that works on shared memory which its worker tries to make shorter. A fault ends this program, and so must
 * not be in the JVM of a test. It prints what it does before it does it.
 */
final class CutMemoryProgram {
    private static final int BYTES = 4 << 20;

    private CutMemoryProgram() {}

    /** What can be done with memory. */
    private interface Deed {
        void on(MemorySegment memory) throws Throwable;
    }

    /** All that native code, or an instruction that is no plain access, does with memory. */
    private static Map<String, Deed> deeds() {
        var longs = ValueLayout.JAVA_LONG.arrayElementVarHandle();
        MemorySegment equal = java.lang.foreign.Arena.global().allocate(BYTES);
        long last = BYTES / Long.BYTES - 1;
        Map<String, Deed> deeds = new LinkedHashMap<>();
        deeds.put("CRC32", memory -> sum(new CRC32(), memory));
        deeds.put("CRC32C", memory -> sum(new CRC32C(), memory));
        deeds.put("Adler32", memory -> sum(new Adler32(), memory));
        deeds.put("Deflater", CutMemoryProgram::deflate);
        deeds.put("memcmp", memory -> memcmp(memory, equal));
        deeds.put("mismatch", memory -> memory.mismatch(equal));
        deeds.put("compareAndSet", memory -> {
            boolean _ = longs.compareAndSet(memory, 0L, last, 0L, 1L);
        });
        deeds.put("getAndAdd", memory -> {
            long _ = (long) longs.getAndAdd(memory, 0L, last, 1L);
        });
        deeds.put("getVolatile", memory -> {
            long _ = (long) longs.getVolatile(memory, 0L, last);
        });
        deeds.put("fill", memory -> memory.fill((byte) 0));
        deeds.put("copy", memory -> memory.copyFrom(equal));
        deeds.put("copy out", equal::copyFrom);
        deeds.put("to array", memory -> {
            byte[] _ = memory.toArray(ValueLayout.JAVA_BYTE);
        });
        return deeds;
    }

    private static void sum(Checksum checksum, MemorySegment memory) {
        checksum.update(memory.asByteBuffer());
    }

    private static void deflate(MemorySegment memory) {
        try (Deflater deflater = new Deflater()) {
            deflater.setInput(memory.asByteBuffer());
            deflater.finish();
            byte[] out = new byte[1 << 16];
            while (!deflater.finished()) {
                deflater.deflate(out);
            }
        }
    }

    @SuppressWarnings("restricted")
    private static void memcmp(MemorySegment one, MemorySegment other) throws Throwable {
        Linker linker = Linker.nativeLinker();
        var memcmp = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("memcmp"),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG));
        int _ = (int) memcmp.invokeExact(one, other, one.byteSize());
    }

    /** @param args what is done: "deeds", "denied" or "plain" */
    public static void main(String[] args) throws Throwable {
        switch (args[0]) {
            case "deeds" -> doAll(deeds());
            case "denied" -> deny();
            case "plain" -> sendPlainArrays();
            default -> doAll(Map.of(args[0], deeds().get(args[0])));
        }
    }

    private static void doAll(Map<String, Deed> deeds) throws Throwable {
        try (Pool pool = Pool.open(Processes.of(1));
                var array = SharedArray.ofBytes(BYTES)) {
            String where = MemoryPeek.handle(array).where();
            for (MemoryAttack attack : MemoryAttack.values()) {
                boolean done = pool.submit(() -> attack.succeeds(where)).result();
                System.out.println(attack + (done ? " is done" : " is refused"));
                perform(deeds, array.segment());
            }
            var attacker = pool.submit(() -> MemoryAttack.forEver(where));
            for (int i = 0; i < 10; i++) {
                perform(deeds, array.segment());
            }
            attacker.cancel(true);
            array.segment().fill((byte) 7);
            System.out.println("lives, with " + array.get(BYTES - 1));
        }
    }

    private static void perform(Map<String, Deed> deeds, MemorySegment memory) throws Throwable {
        for (var deed : deeds.entrySet()) {
            System.out.println(deed.getKey());
            deed.getValue().on(memory);
        }
    }

    /** What is left to a program that cannot seal memory. */
    private static void deny() throws Exception {
        try (Pool pool = Pool.open(Processes.of(1));
                var array = SharedArray.copyOf(new int[] {5, 0, 0})) {
            try {
                System.out.println("handed out: " + array.segment());
            } catch (UnsupportedOperationException refusal) {
                System.out.println("refused: " + refusal.getMessage().replaceAll("(?s).*(--enable\\S+)\\..*", "$1"));
            }
            if (pool.submit(() -> array.segment().byteSize()).exception() instanceof UnsupportedOperationException) {
                System.out.println("refused in the worker");
            }
            pool.submit(() -> array.set(1, array.get(0) + 1)).result();
            array.slice(2, 3).copyFrom(new int[] {7});
            System.out.println("plain: " + array.get(0) + " " + array.toArray()[1] + " " + array.get(2));
            cutOffAnArray(pool, SharedArray.ofBytes(BYTES));
        }
        cutOffAResult();
        sendPlainArrays();
    }

    private static void cutOffAnArray(Pool pool, SharedArray.OfByte array) throws Exception {
        String where = MemoryPeek.handle(array).where();
        pool.submit(() -> {
                    array.set(0, (byte) 1); // mapped before: to map it afterwards would make the file longer again
                    return MemoryAttack.CHANNEL.succeeds(where);
                })
                .result();
        try {
            System.out.println("cut off: " + array.toArray().length);
        } catch (InternalError fault) {
            System.out.println("cut off: an error");
        }
        System.out.println("returned: " + reason(pool.submit(() -> array)));
    }

    private static void cutOffAResult() {
        try (Pool pool = Pool.open(Processes.of(1).output(Output.discard()))) {
            System.out.println("copied: "
                    + reason(pool.submit(() -> {
                        MemoryHandle handle = MemoryPeek.handle(SharedArray.ofBytes(BYTES));
                        MemoryAttack.CHANNEL.succeeds(handle.where());
                        MemoryHandle copy = new MemoryHandle(
                                handle.loan(),
                                handle.slab(),
                                handle.where(),
                                handle.name(),
                                handle.start(),
                                handle.capacity(),
                                0,
                                BYTES,
                                'B',
                                false);
                        HostilePool.say(new Message.Value(1, new Codec().encode(copy, Direction.RESULT)));
                        HostilePool.forEver();
                    })));
        }
    }

    private static String reason(TaskFuture<?> future) {
        String message = String.valueOf(future.exception());
        int at = message.indexOf("it has cut off");
        return at < 0 ? message : message.substring(at, at + "it has cut off shared memory".length());
    }

    /** Sends large arrays there and back, and in between a worker cuts off all memory that this program has. */
    private static void sendPlainArrays() {
        byte[] large = new byte[1 << 20];
        large[12] = 34;
        try (Pool pool = Pool.open(Processes.of(1))) {
            for (int i = 0; i < 5; i++) {
                byte[] back = pool.submit(there -> there, large).result();
                if (back.length != large.length || back[12] != 34) {
                    throw new AssertionError("another array came back");
                }
                pool.submit(MemoryAttack::cutOffAllOfTheParent).result();
            }
        }
        System.out.println("lives");
    }
}
