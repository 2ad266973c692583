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

    private static final String HELP = """
        A node runs the tasks of programs that open Cluster.at("host:port"). To join a cluster means to run code: give
        each member keys of your own authority, or stay on loopback. `nodes` lists the nodes that are there.

        """ + USAGE + """


        Exit codes of `node`: 0 all tasks were finished, 2 the command line was wrong, 3 it could not join or listen,
        4 tasks were left when --grace was over. All options: docs/cluster.md

        Examples:
          ./pando node --join localhost:7400 --name alpha      the first node: takes port 7400
          ./pando node --join localhost:7400 --name beta       another terminal, another node
          ./pando nodes --join localhost:7400                  which nodes there are\
        """;

    private ClusterMain() {}

    /** Runs a command, and exits with its code. */
    public static void main(String[] args) {
        System.exit(run(List.of(args), System.out, System.err));
    }

    private static int run(List<String> args, PrintStream out, PrintStream err) {
        if (args.contains("--help") || args.contains("-h")) {
            out.println(HELP);
            return OK;
        }
        try {
            return switch (args.isEmpty() ? "" : args.getFirst()) {
                case "node" -> NodeCommand.run(args.subList(1, args.size()), out, err);
                case "nodes" -> NodesCommand.run(args.subList(1, args.size()), out, err);
                default -> throw new WrongCallException("say node or nodes");
            };
        } catch (WrongCallException e) {
            err.println("pando: " + e.getMessage());
            err.println(USAGE);
            return WRONG_CALL;
        }
    }
}
