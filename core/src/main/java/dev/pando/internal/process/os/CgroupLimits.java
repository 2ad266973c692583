package dev.pando.internal.process.os;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The control groups of this process: how many processes the kernel has killed in its group for want of memory, and
 * what the group, and each group above it, may still take.
 */
final class CgroupLimits {
    /** What the two versions of control groups call the same. */
    private enum Version {
        ONE(
                "memory:/",
                " - cgroup ",
                "memory.oom_control",
                "memory.limit_in_bytes",
                "memory.usage_in_bytes",
                "\ntotal_"),
        TWO("0::/", " - cgroup2 ", "memory.events", "memory.max", "memory.current", "\n");

        private final String own;
        private final String mount;
        private final String events;
        private final String limit;
        private final String used;
        private final String statistic;

        Version(String own, String mount, String events, String limit, String used, String statistic) {
            this.own = own;
            this.mount = mount;
            this.events = events;
            this.limit = limit;
            this.used = used;
            this.statistic = statistic;
        }

        private boolean isMountOfMemory(String line) {
            return line.contains(mount) && (this == TWO || line.endsWith("memory") || line.contains(",memory,"));
        }
    }

    /**
     * @param folder of a group
     * @param mount of the hierarchy that the group is in
     */
    private record Group(String folder, String mount) {}

    private CgroupLimits() {}

    /** @param proc where /proc is; absent if there is no such group, as in the root of the hierarchy */
    static OptionalLong oomKills(String proc) {
        for (Version version : Version.values()) {
            for (Group group : groups(proc, version)) {
                OptionalLong kills = number(group.folder, version.events, "\noom_kill ");
                if (kills.isPresent()) {
                    return kills;
                }
            }
        }
        return OptionalLong.empty();
    }

    /**
     * Returns how many bytes the groups of this process may still take, exactly only if they are fewer than wanted:
     * what a group could give back of cached files is looked up only then.
     */
    static long room(String proc, long wanted) {
        long room = Long.MAX_VALUE;
        for (Version version : Version.values()) {
            for (Group group : groups(proc, version)) {
                String folder = group.folder;
                while (folder.startsWith(group.mount)) {
                    room = Math.min(room, room(folder, version, wanted));
                    folder = folder.substring(0, Math.max(0, folder.lastIndexOf('/')));
                }
            }
        }
        return room;
    }

    private static long room(String folder, Version version, long wanted) {
        OptionalLong limit = number(folder, version.limit, "\n");
        OptionalLong used = number(folder, version.used, "\n");
        if (limit.isEmpty() || used.isEmpty()) {
            return Long.MAX_VALUE; // none, or the root
        }
        long room = limit.getAsLong() - used.getAsLong();
        if (room < wanted) {
            room += number(folder, "memory.stat", version.statistic + "inactive_file ")
                    .orElse(0);
            room += number(folder, "memory.stat", version.statistic + "active_file ")
                    .orElse(0);
        }
        return Math.max(0, room);
    }

    private static OptionalLong number(String folder, String file, String key) {
        String text = ProcFs.read(folder + "/" + file, ProcFs.SMALL);
        return ProcFs.number(text == null ? null : "\n" + text, key);
    }

    /** The groups of this process, as each mount of the hierarchy shows its own. */
    private static List<Group> groups(String proc, Version version) {
        List<Group> groups = new ArrayList<>();
        String own = own(ProcFs.read(proc + "/self/cgroup", ProcFs.SMALL), version);
        String mounts = ProcFs.read(proc + "/self/mountinfo", 1 << 20);
        if (own == null || mounts == null) {
            return groups;
        }
        for (String line : mounts.split("\n", -1)) {
            if (!version.isMountOfMemory(line)) {
                continue;
            }
            String[] fields = line.split(" ", 6); // ... what of the hierarchy is mounted, and where
            String below = fields.length < 6 ? null : below(own, fields[3]);
            if (below != null) {
                groups.add(new Group(fields[4] + below, fields[4]));
            }
        }
        return groups;
    }

    private static @Nullable String own(@Nullable String groups, Version version) {
        if (groups == null) {
            return null;
        }
        for (String line : groups.split("\n", -1)) {
            int at = line.indexOf(version.own);
            if (at == 0 || (at > 0 && version == Version.ONE)) {
                return line.substring(at + version.own.length() - 1);
            }
        }
        return null;
    }

    /** Returns the path of a group below what is mounted, or {@code null} if it is not below. */
    private static @Nullable String below(String own, String mounted) {
        String below = mounted.equals("/")
                ? own
                : own.equals(mounted) || own.startsWith(mounted + "/") ? own.substring(mounted.length()) : null;
        return "/".equals(below) ? "" : below;
    }
}
