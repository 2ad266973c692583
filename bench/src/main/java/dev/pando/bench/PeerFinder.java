package dev.pando.bench;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The peers on this machine with version and command; the missing peers, and how to install them. A peer counts as
 * found if its program prints its version. Closing deletes the folder with the scripts of the peers in other languages.
 */
final class PeerFinder implements AutoCloseable {
    private static final List<String> SCRIPTS = List.of(
            "peer.py", "measures.py", "pools.py", "tasks.py", "large_arrays.py", "piscina.mjs", "piscina_tasks.mjs");
    /** The first may be the user's own installation; Debian's packages belong to the second. */
    private static final List<String> PYTHONS = List.of("python3", "/usr/bin/python3");

    private final Path scripts;
    private final Map<PeerKind, List<String>> commands = new EnumMap<>(PeerKind.class);
    private final Map<PeerKind, String> versions = new EnumMap<>(PeerKind.class);

    private PeerFinder(Path scripts) {
        this.scripts = scripts;
    }

    static PeerFinder look() throws IOException, InterruptedException {
        PeerFinder peerFinder = new PeerFinder(Files.createTempDirectory("pando-bench"));
        for (String name : SCRIPTS) {
            try (InputStream in = PeerFinder.class.getResourceAsStream(name)) {
                Files.copy(in, peerFinder.scripts.resolve(name));
            }
        }
        for (PeerKind peerKind : PeerKind.values()) {
            for (List<String> command : peerFinder.candidates(peerKind)) {
                if (peerFinder.versions.containsKey(peerKind)) {
                    break;
                }
                peerFinder.ask(peerKind, command);
            }
        }
        return peerFinder;
    }

    private List<List<String>> candidates(PeerKind peerKind) {
        return switch (peerKind) {
            case PANDO, PP4J, BARE ->
                List.of(List.of(
                        java(),
                        "-Dpando.cache=" + System.getProperty("pando.cache", ""),
                        "-cp",
                        System.getProperty("java.class.path"),
                        PeerFork.class.getName(),
                        peerKind.key()));
            case PISCINA ->
                folders()
                        .map(folder ->
                                List.of("node", scripts.resolve("piscina.mjs").toString(), folder))
                        .toList();
            default ->
                PYTHONS.stream()
                        .map(python ->
                                List.of(python, scripts.resolve("peer.py").toString(), peerKind.key()))
                        .toList();
        };
    }

    static String java() {
        return System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
    }

    /** Returns where Piscina may be: the folder of the property {@code piscina}, or here. */
    private static Stream<String> folders() {
        return Stream.of(System.getProperty("piscina", "."), "bench")
                .map(folder -> Path.of(folder).toAbsolutePath())
                .filter(folder ->
                        Files.isDirectory(folder.resolve("node_modules").resolve("piscina")))
                .map(Path::toString);
    }

    private void ask(PeerKind peerKind, List<String> command) throws InterruptedException {
        List<String> asking = new ArrayList<>(command);
        asking.add("version");
        try {
            RunningProgram.run(asking, ProcessBuilder.Redirect.DISCARD, (program, name, version) -> {
                if (!name.equals("version")) {
                    return;
                }
                versions.put(peerKind, version);
                commands.put(peerKind, command);
            });
        } catch (IOException notThere) {
            // The command does not exist; the next one may.
        }
    }

    boolean has(PeerKind peerKind) {
        return commands.containsKey(peerKind);
    }

    List<String> command(PeerKind peerKind, BenchPart benchPart, MeasuringEffort measuringEffort) {
        List<String> command = new ArrayList<>(commands.get(peerKind));
        command.add(benchPart.key());
        command.addAll(measuringEffort.amounts());
        return command;
    }

    /** Returns each version once, because three pools are part of CPython. */
    String versions() {
        return String.join("; ", versions.values().stream().distinct().toList());
    }

    List<String> missing() {
        return Arrays.stream(PeerKind.values())
                .filter(peerKind -> !has(peerKind))
                .map(peerKind -> peerKind.label + " was not found: " + peerKind.howToGet)
                .toList();
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> all = Files.walk(scripts)) {
            for (Path path : all.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(path);
            }
        }
    }
}
