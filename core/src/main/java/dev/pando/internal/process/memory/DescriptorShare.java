package dev.pando.internal.process.memory;

import com.google.errorprone.annotations.concurrent.GuardedBy;

/** What one worker, or the arrays that the tasks of this program take along, have of the {@link DescriptorQuota}. */
final class DescriptorShare {
    @GuardedBy("Lender.LOCK")
    int taken;
}
