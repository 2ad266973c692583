package dev.pando.lab.result;

import dev.pando.lab.language.MessageBook;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * The machine of a measurement, without which numbers mean nothing.
 *
 * @param load the system's load average over the last minute; negative if the system does not tell
 */
public record MachineInfo(int cpus, long heap, String java, String vendor, String os, List<String> flags, double load) {

    public MachineInfo {
        flags = List.copyOf(flags);
    }

    public static MachineInfo here() {
        var runtime = Runtime.getRuntime();
        return new MachineInfo(
                runtime.availableProcessors(),
                runtime.maxMemory(),
                Runtime.version().toString(),
                System.getProperty("java.vendor", ""),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                // Without -D: system properties may contain the user's folders.
                ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                        .filter(flag -> flag.startsWith("-X"))
                        .toList(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /** Returns whether other programs are busy, so that measurements include their load. */
    public boolean isBusy() {
        return load > 0.5 * cpus;
    }

    /** Returns the machine in a line. */
    public String in(MessageBook messages) {
        return messages.text(
                cpus == 1 ? "common.machine.one-cpu" : "common.machine",
                cpus,
                java,
                vendor,
                os,
                MeasuredAmount.bytes((double) heap),
                flags.isEmpty()
                        ? messages.text("common.no-flags")
                        : messages.text("common.flags", String.join(" ", flags)));
    }
}
