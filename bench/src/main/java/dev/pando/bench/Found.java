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
final class Found implements AutoCloseable {
    private static final List<String> SCRIPTS = List.of("peer.py", "measures.py", "pools.py", "tasks.py", "large_arrays.py", "piscina.mjs", "piscina_tasks.mjs");
    /** The first may be the user's own installation; Debian's packages belong to the second. */
    private static final List<String> PYTHONS = List.of("python3", "/usr/bin/python3");

    private final Path scripts;
    private final Map<Peer, List<String>> commands = new EnumMap<>(Peer.class);
    private final Map<Peer, String> versions = new EnumMap<>(Peer.class);

    private Found(Path scripts) {
        this.scripts = scripts;
    }

    static Found look() throws IOException, InterruptedException {
        Found found = new Found(Files.createTempDirectory("pando-bench"));
        for (String name : SCRIPTS) {
            try (InputStream in = Found.class.getResourceAsStream(name)) {
                Files.copy(in, found.scripts.resolve(name));
            }
        }
        for (Peer peer : Peer.values()) {
            for (List<String> command : found.candidates(peer)) {
                if (found.versions.containsKey(peer)) break;
                found.ask(peer, command);
            }
        }
        return found;
    }

    private List<List<String>> candidates(Peer peer) {
        return switch (peer) {
            case PANDO, PP4J, BARE -> List.of(List.of(java(), "-Dpando.cache=" + System.getProperty("pando.cache", ""), "-cp", System.getProperty("java.class.path"), PeerFork.class.getName(), peer.key()));
            case PISCINA -> folders().map(folder -> List.of("node", scripts.resolve("piscina.mjs").toString(), folder)).toList();
            default -> PYTHONS.stream().map(python -> List.of(python, scripts.resolve("peer.py").toString(), peer.key())).toList();
        };
    }

    static String java() {
        return System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
    }

    /** Returns where Piscina may be: the folder of the property {@code piscina}, or here. */
    private static Stream<String> folders() {
        return Stream.of(System.getProperty("piscina", "."), "bench").map(folder -> Path.of(folder).toAbsolutePath())
                .filter(folder -> Files.isDirectory(folder.resolve("node_modules").resolve("piscina"))).map(Path::toString);
    }

    private void ask(Peer peer, List<String> command) throws InterruptedException {
        List<String> asking = new ArrayList<>(command);
        asking.add("version");
        try {
            Program.run(asking, ProcessBuilder.Redirect.DISCARD, (program, name, version) -> {
                if (!name.equals("version")) return;
                versions.put(peer, version);
                commands.put(peer, command);
            });
        } catch (IOException notThere) {
            // The command does not exist; the next one may.
        }
    }

    boolean has(Peer peer) {
        return commands.containsKey(peer);
    }

    List<String> command(Peer peer, Part part, Effort effort) {
        List<String> command = new ArrayList<>(commands.get(peer));
        command.add(part.key());
        command.addAll(effort.amounts());
        return command;
    }

    /** Returns each version once, because three pools are part of CPython. */
    String versions() {
        return String.join("; ", versions.values().stream().distinct().toList());
    }

    List<String> missing() {
        return Arrays.stream(Peer.values()).filter(peer -> !has(peer)).map(peer -> peer.label + " was not found: " + peer.howToGet).toList();
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> all = Files.walk(scripts)) {
            for (Path path : all.sorted((a, b) -> b.compareTo(a)).toList()) Files.delete(path);
        }
    }
}
