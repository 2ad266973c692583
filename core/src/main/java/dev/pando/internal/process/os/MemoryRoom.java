package dev.pando.internal.process.os;

import java.io.IOException;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that this process can still take before the kernel ends a process for want of it: that of the machine, or
 * of the control groups that this process is in. It is asked before memory without a bound of its own is filled.
 */
final class MemoryRoom implements AutoCloseable {
    /** Of what is there, one part in this many is left to others. */
    private static final int SPARED = 16;

    /** What is claimed and being filled, so that two threads do not take the same. */
    private static final AtomicLong CLAIMED = new AtomicLong();

    private final long bytes;

    private MemoryRoom(long bytes) {
        this.bytes = bytes;
    }

    /** Returns a claim to be kept until the memory is filled. Throws if there is not so much. */
    static MemoryRoom claim(long bytes) throws IOException {
        MemoryRoom claim = new MemoryRoom(bytes);
        long wanted = CLAIMED.addAndGet(bytes);
        long room = forBytes(wanted, "/proc");
        if (wanted > room) {
            claim.close();
            throw new IOException("there is no room for " + (bytes >> 10) + " KiB of memory to share: the system, or"
                    + " the container, can give " + (room >> 20) + " MiB more without ending a process for it. Close"
                    + " what is not needed, share less, or give it more memory");
        }
        return claim;
    }

    /**
     * Returns how many bytes can be taken, exactly only if they are fewer than wanted.
     *
     * @param proc where /proc is
     */
    static long forBytes(long wanted, String proc) {
        long room = Math.min(machine(proc), CgroupLimits.room(proc, wanted + wanted / SPARED));
        return room - room / SPARED;
    }

    private static long machine(String proc) {
        String info = ProcFs.read(proc + "/meminfo", ProcFs.SMALL);
        OptionalLong available = ProcFs.number(info, "\nMemAvailable:");
        return available.isPresent()
                ? (available.getAsLong() + ProcFs.number(info, "\nSwapFree:").orElse(0)) << 10
                : Long.MAX_VALUE;
    }

    @Override
    public void close() {
        CLAIMED.addAndGet(-bytes);
    }
}
