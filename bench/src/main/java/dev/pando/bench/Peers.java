package dev.pando.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Compares worker processes with the pools of others that are found on this machine, in rounds. Each round measures,
 * part by part, each peer once, one right after the other, in a separate program: {@link PeerFork}, {@code measures.py}
 * or {@code piscina.mjs}, which do the same things. This class collects what they print, and prints the tables of
 * README.md.
 *
 * <p>Arguments: the number of rounds (3), or {@code quick} for one short one; then parts, if not all are wanted;
 * {@code --out FILE} writes the tables to a file too, {@code --chart FILE} draws them.
 */
public final class Peers {
    private final Found found;
    private final Effort effort;
    private final Set<Part> parts;
    private final Results results = new Results();

    Peers(Found found, Effort effort, Set<Part> parts) {
        this.found = found;
        this.effort = effort;
        this.parts = parts;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Effort effort = Effort.FULL;
        int rounds = 3;
        Set<Part> parts = EnumSet.noneOf(Part.class);
        Path out = null;
        Path chart = null;
        for (int i = 0; i < args.length; i++) {
            if (args[i].equals("quick")) {
                effort = Effort.QUICK;
                rounds = 1;
            } else if (args[i].equals("--out")) out = Path.of(args[++i]);
            else if (args[i].equals("--chart")) chart = Path.of(args[++i]);
            else if (args[i].chars().allMatch(Character::isDigit)) rounds = Integer.parseInt(args[i]);
            else parts.add(Part.valueOf(args[i].toUpperCase(Locale.ROOT)));
        }
        try (Found found = Found.look()) {
            Peers run = new Peers(found, effort, parts.isEmpty() ? EnumSet.allOf(Part.class) : parts);
            found.missing().forEach(System.err::println);
            String machine = Machine.now();
            run.rounds(rounds);
            List<String> lines = run.tables(machine, rounds);
            lines.forEach(System.out::println);
            if (out != null) Files.write(out, lines);
            if (chart != null) Files.writeString(chart, new PeersChart(run.results).svg());
        }
    }

    Results rounds(int count) throws IOException, InterruptedException {
        for (int round = 1; round <= count; round++) {
            results.nextRound();
            for (Part part : parts) {
                for (Peer peer : Line.peers(part)) {
                    if (!found.has(peer)) continue;
                    System.err.println("round " + round + " of " + count + ", " + part.key() + ": " + peer.label);
                    measure(peer, part);
                }
            }
        }
        return results;
    }

    private void measure(Peer peer, Part part) throws IOException, InterruptedException {
        Vitals vitals = new Vitals(peer, effort, results);
        boolean ended = Program.run(found.command(peer, part, effort), ProcessBuilder.Redirect.INHERIT, (program, name, rest) -> {
            if (name.equals("workers")) {
                vitals.take(program, rest);
                program.getOutputStream().close();
            } else {
                results.add(peer, name, Double.parseDouble(rest));
            }
        });
        if (!ended) System.err.println(peer.label + " got no further");
    }

    List<String> tables(String machine, int rounds) {
        List<String> lines = new ArrayList<>();
        lines.add(machine + ". " + rounds + " round(s). " + found.versions() + ".");
        lines.addAll(found.missing().stream().map(missing -> missing + ".").toList());
        lines.add("");
        lines.addAll(Promises.table(results, effort));
        lines.add("");
        lines.addAll(everybody());
        if (parts.contains(Part.ARRAYS)) {
            lines.add("");
            lines.addAll(LargeArrays.table(results, effort));
        }
        return lines;
    }

    /** Returns each line with the numbers of every peer found. */
    private List<String> everybody() {
        List<Peer> peers = EnumSet.allOf(Peer.class).stream().filter(peer -> peer != Peer.NUMPY && found.has(peer)).toList();
        List<String> lines = new ArrayList<>();
        lines.add("| median (lowest – highest) | " + String.join(" | ", peers.stream().map(peer -> peer.label).toList()) + " |");
        lines.add("|---|" + "---:|".repeat(peers.size()));
        for (Line line : Line.values()) {
            if (!parts.contains(line.part)) continue;
            StringBuilder row = new StringBuilder("| " + line.title);
            for (Peer peer : peers) row.append(" | ").append(Figure.of(results, peer, line.key).text());
            lines.add(row + " |");
        }
        return lines;
    }
}
