package dev.pando.cluster.internal.command;

import java.io.PrintStream;
import java.util.List;

/** The commands of a cluster: {@code node} and {@code nodes}. */
public final class ClusterMain {
    /** Exit codes; docs/cluster.md lists them. */
    static final int OK = 0;

    static final int WRONG_CALL = 2;
    static final int CANNOT_JOIN = 3;
    static final int TASKS_LOST = 4;

    private static final String USAGE = """
        pando node  --join host:port [--pool processes:4] [--name text] [--port n] [--bind address] [--grace seconds]
                    [--log text|json] [--health port] [--silence seconds] [TLS, or --insecure]
        pando nodes --join host:port [TLS, or --insecure]
          instead of --join: --dns name:port or --multicast address:port
          TLS: --key-store file --trust-store file --password-file file\
        """;

    private ClusterMain() {}

    /** Runs a command, and exits with its code. */
    public static void main(String[] args) {
        System.exit(run(List.of(args), System.out));
    }

    static int run(List<String> args, PrintStream out) {
        try {
            return switch (args.isEmpty() ? "" : args.getFirst()) {
                case "node" -> NodeCommand.run(args.subList(1, args.size()), out);
                case "nodes" -> NodesCommand.run(args.subList(1, args.size()), out);
                default -> throw new WrongCallException("say node or nodes");
            };
        } catch (WrongCallException e) {
            out.println("pando: " + e.getMessage());
            out.println(USAGE);
            return WRONG_CALL;
        }
    }
}
