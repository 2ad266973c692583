package dev.pando.internal.process.os;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The control group of this process, version 2: {@code memory.events} counts the processes that the kernel killed in
 * it.
 */
final class CgroupLimits {
    private CgroupLimits() {}

    /** @param proc where /proc is; absent if there is no such group, as in the root of the hierarchy */
    static OptionalLong oomKills(String proc) {
        String own = own(ProcFs.read(proc + "/self/cgroup", ProcFs.SMALL));
        String mounts = ProcFs.read(proc + "/self/mountinfo", 1 << 20);
        if (own == null || mounts == null) {
            return OptionalLong.empty();
        }
        for (String line : mounts.split("\n", -1)) {
            if (!line.contains(" - cgroup2 ")) {
                continue;
            }
            String[] fields = line.split(" ", 6); // ... what of the hierarchy is mounted, and where
            if (fields.length < 6) {
                continue;
            }
            OptionalLong kills = oomKills(own, fields[3], fields[4]);
            if (kills.isPresent()) {
                return kills;
            }
        }
        return OptionalLong.empty();
    }

    private static @Nullable String own(@Nullable String groups) {
        if (groups == null) {
            return null;
        }
        for (String line : groups.split("\n", -1)) {
            if (line.startsWith("0::/")) {
                return line.substring("0::".length());
            }
        }
        return null;
    }

    private static OptionalLong oomKills(String own, String mounted, String at) {
        String below = mounted.equals("/")
                ? own
                : own.equals(mounted) || own.startsWith(mounted + "/") ? own.substring(mounted.length()) : null;
        if (below == null) {
            return OptionalLong.empty();
        }
        String events = ProcFs.read(at + (below.equals("/") ? "" : below) + "/memory.events", ProcFs.SMALL);
        return ProcFs.number(events == null ? null : "\n" + events, "\noom_kill ");
    }
}
