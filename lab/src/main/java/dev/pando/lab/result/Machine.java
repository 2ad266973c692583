package dev.pando.lab.result;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;

/**
 * Where something was measured. Numbers without it mean nothing.
 *
 * @param load how many threads of the whole machine wanted a processor in the last minute; negative if nobody knows
 */
public record Machine(int cpus, long heap, String java, String vendor, String os, List<String> flags, double load) {

    public Machine {
        flags = List.copyOf(flags);
    }

    public static Machine here() {
        var runtime = Runtime.getRuntime();
        return new Machine(
                runtime.availableProcessors(),
                runtime.maxMemory(),
                Runtime.version().toString(),
                System.getProperty("java.vendor", ""),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                // Properties are ours, and may hold folders of the user's.
                ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                        .filter(flag -> flag.startsWith("-X"))
                        .toList(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /** Somebody else is at work here: what is measured now is theirs too. */
    public boolean isBusy() {
        return load > 0.5 * cpus;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%d CPU%s, JDK %s (%s), %s, heap up to %s, %s",
                cpus, cpus == 1 ? "" : "s", java, vendor, os, Amount.bytes((double) heap),
                flags.isEmpty() ? "no flags" : "flags " + String.join(" ", flags));
    }
}
