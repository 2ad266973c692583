package dev.pando.internal.process.memory;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.internal.process.os.SystemLimits;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * How many slabs may be open on behalf of workers. Each takes a descriptor of this program, which has to be able to
 * open files whatever its workers ask for. A share may take no more than is left for others: so one worker that asks
 * without end gets half of all, two get a third each, and there is always a rest for the next. Known as dynamic
 * thresholds (Choudhury and Hahne, 1998), for packets that share the memory of a switch.
 */
final class DescriptorQuota {
    private final int most;
    private final String limit;

    @GuardedBy("Lender.LOCK")
    private int taken;

    /** @param limit what the most follows from, in words that go on where "which is " ends */
    DescriptorQuota(long most, String limit) {
        this.most = (int) Math.min(most, Integer.MAX_VALUE / 2);
        this.limit = limit;
    }

    /** A quarter of the files that this process may open; and of the mappings, of which a slab may need two. */
    static DescriptorQuota ofSystem() {
        long files = SystemLimits.openFiles();
        long mappings = SystemLimits.mappings();
        if (files / 4 <= mappings / 8) {
            return new DescriptorQuota(files / 4, "a quarter of what it may open (ulimit -n is " + files + ")");
        }
        String limit = "an eighth of what it may map (vm.max_map_count is " + mappings + ")";
        return new DescriptorQuota(mappings / 8, limit);
    }

    /** Takes a descriptor for this share; null: for the program, which may have all that there are. */
    void take(@Nullable DescriptorShare share) throws IOException {
        if (share == null) {
            return;
        }
        synchronized (Lender.LOCK) {
            takeOne(share);
        }
    }

    @GuardedBy("Lender.LOCK")
    private void takeOne(DescriptorShare share) throws IOException {
        int free = most - taken;
        if (share.taken >= free) {
            throw new IOException("the workers of a program may have " + most + " of its file descriptors for shared"
                    + " arrays, which is " + limit + "; this worker has " + share.taken + ", and may have no more than"
                    + " are left for others, which are " + free
                    + ". Each array of more than 16 KiB takes one until it is"
                    + " closed, and smaller ones share some: close arrays that are not needed, make few large arrays"
                    + " and slices of them, or raise that limit");
        }
        share.taken++;
        taken++;
    }

    void giveBack(@Nullable DescriptorShare share) {
        if (share == null) {
            return;
        }
        synchronized (Lender.LOCK) {
            share.taken--;
            taken--;
        }
    }

    /** Returns whether so many idle slabs may be open beside the loans. */
    @GuardedBy("Lender.LOCK")
    boolean hasRoom(int idle) {
        return taken + idle <= most;
    }
}
