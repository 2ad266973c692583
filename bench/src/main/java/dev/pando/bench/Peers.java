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
    private final PeerFinder peerFinder;
    private final MeasuringEffort measuringEffort;
    private final Set<BenchPart> parts;
    private final PeerResults peerResults = new PeerResults();

    Peers(PeerFinder peerFinder, MeasuringEffort measuringEffort, Set<BenchPart> parts) {
        this.peerFinder = peerFinder;
        this.measuringEffort = measuringEffort;
        this.parts = parts;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        MeasuringEffort measuringEffort = MeasuringEffort.FULL;
        int rounds = 3;
        Set<BenchPart> parts = EnumSet.noneOf(BenchPart.class);
        Path out = null;
        Path chart = null;
        for (int i = 0; i < args.length; i++) {
            if (args[i].equals("quick")) {
                measuringEffort = MeasuringEffort.QUICK;
                rounds = 1;
            } else if (args[i].equals("--out")) {
                out = Path.of(args[++i]);
            } else if (args[i].equals("--chart")) {
                chart = Path.of(args[++i]);
            } else if (args[i].chars().allMatch(Character::isDigit)) {
                rounds = Integer.parseInt(args[i]);
            } else {
                parts.add(BenchPart.valueOf(args[i].toUpperCase(Locale.ROOT)));
            }
        }
        try (PeerFinder peerFinder = PeerFinder.look()) {
            Peers run =
                    new Peers(peerFinder, measuringEffort, parts.isEmpty() ? EnumSet.allOf(BenchPart.class) : parts);
            peerFinder.missing().forEach(System.err::println);
            String machine = BenchMachine.now();
            run.rounds(rounds);
            List<String> lines = run.tables(machine, rounds);
            lines.forEach(System.out::println);
            if (out != null) {
                Files.write(out, lines);
            }
            if (chart != null) {
                Files.writeString(chart, new PeersChart(run.peerResults).svg());
            }
        }
    }

    PeerResults rounds(int count) throws IOException, InterruptedException {
        for (int round = 1; round <= count; round++) {
            peerResults.nextRound();
            for (BenchPart benchPart : parts) {
                for (PeerKind peerKind : ResultLine.peers(benchPart)) {
                    if (!peerFinder.has(peerKind)) {
                        continue;
                    }
                    System.err.println(
                            "round " + round + " of " + count + ", " + benchPart.key() + ": " + peerKind.label);
                    measure(peerKind, benchPart);
                }
            }
        }
        return peerResults;
    }

    private void measure(PeerKind peerKind, BenchPart benchPart) throws IOException, InterruptedException {
        IdleVitals idleVitals = new IdleVitals(peerKind, measuringEffort, peerResults);
        boolean ended = RunningProgram.run(
                peerFinder.command(peerKind, benchPart, measuringEffort),
                ProcessBuilder.Redirect.INHERIT,
                (program, name, rest) -> {
                    if (name.equals("workers")) {
                        idleVitals.take(program, rest);
                        program.getOutputStream().close();
                    } else {
                        peerResults.add(peerKind, name, Double.parseDouble(rest));
                    }
                });
        if (!ended) {
            System.err.println(peerKind.label + " got no further");
        }
    }

    List<String> tables(String machine, int rounds) {
        List<String> lines = new ArrayList<>();
        lines.add(machine + ". " + rounds + " round(s). " + peerFinder.versions() + ".");
        lines.addAll(peerFinder.missing().stream().map(missing -> missing + ".").toList());
        lines.add("");
        lines.addAll(PromiseTable.table(peerResults, measuringEffort));
        lines.add("");
        lines.addAll(everyPeer());
        if (parts.contains(BenchPart.ARRAYS)) {
            lines.add("");
            lines.addAll(LargeArrays.table(peerResults, measuringEffort));
        }
        if (parts.contains(BenchPart.PENDING)) {
            lines.add("");
            lines.addAll(PendingTasks.table(peerResults, measuringEffort));
        }
        if (parts.contains(BenchPart.SCALE)) {
            lines.add("");
            lines.addAll(PoolScale.table(peerResults, measuringEffort));
        }
        return lines;
    }

    /** Returns each line with the numbers of every peer found. */
    private List<String> everyPeer() {
        List<PeerKind> peers = EnumSet.allOf(PeerKind.class).stream()
                .filter(peerKind -> peerKind != PeerKind.NUMPY && peerFinder.has(peerKind))
                .toList();
        List<String> lines = new ArrayList<>();
        lines.add("| median (lowest – highest) | "
                + String.join(
                        " | ", peers.stream().map(peerKind -> peerKind.label).toList()) + " |");
        lines.add("|---|" + "---:|".repeat(peers.size()));
        for (ResultLine resultLine : ResultLine.values()) {
            if (!parts.contains(resultLine.benchPart)) {
                continue;
            }
            StringBuilder row = new StringBuilder("| " + resultLine.title);
            for (PeerKind peerKind : peers) {
                row.append(" | ")
                        .append(TableFigure.of(peerResults, peerKind, resultLine.key)
                                .text());
            }
            lines.add(row + " |");
        }
        return lines;
    }
}
