package dev.pando.lab.call;

import dev.pando.cluster.Cluster;
import dev.pando.local.Caller;
import dev.pando.local.Threads;
import dev.pando.local.Virtual;
import dev.pando.loop.Loop;
import dev.pando.process.Output;
import dev.pando.process.Processes;
import dev.pando.spi.Backend;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Workers as written on the command line: {@code threads:8}, {@code virtual}, {@code processes:4}.
 *
 * @param address of a node, if they are those of a cluster, or nothing
 */
public record WorkerChoice(String kind, int count, String address) {
    private static final String CLUSTER = "cluster:";

    /** Workers of this machine. */
    public WorkerChoice(String kind, int count) {
        this(kind, count, "");
    }

    /** Parses the command-line option. */
    public static final class Converter implements ITypeConverter<WorkerChoice> {
        @Override
        public WorkerChoice convert(String typed) {
            if (typed.startsWith(CLUSTER)) {
                return cluster(typed.substring(CLUSTER.length()));
            }
            int colon = typed.indexOf(':');
            String kind = colon < 0 ? typed : typed.substring(0, colon);
            String number = colon < 0 ? "0" : typed.substring(colon + 1);
            if (!kind.matches("threads|virtual|processes|loop|caller")
                    || !number.matches("[0-9]{1,6}")
                    || (colon >= 0 && (kind.matches("loop|caller") || Integer.parseInt(number) == 0))) {
                throw new TypeConversionException("'" + typed
                        + "' is no pool: take threads:8, virtual, virtual:100, processes:4, cluster:host:port, loop"
                        + " or caller");
            }
            return new WorkerChoice(kind, Integer.parseInt(number));
        }

        private static WorkerChoice cluster(String address) {
            try {
                var _ = Cluster.at(address);
                return new WorkerChoice("cluster", 0, address);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    /** Sends what tasks print on worker processes to standard error, because standard output is for results. */
    public Backend backend() {
        return switch (kind) {
            case "threads" -> count == 0 ? Threads.auto() : Threads.of(count);
            case "virtual" -> count == 0 ? Virtual.unlimited() : Virtual.atMost(count);
            case "processes" ->
                (count == 0 ? Processes.auto() : Processes.of(count))
                        .output(Output.to(line -> System.err.println(line.text())));
            case "cluster" -> Cluster.at(address);
            case "loop" -> Loop.create();
            default -> Caller.inline();
        };
    }
}
