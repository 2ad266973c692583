package dev.pando.lab.look;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * Another program, as long as it is looked at. The JVM lets in its own user alone; the agent that it then loads
 * connects to a socket of this program, in a folder that belongs to its user alone and is gone when that is done.
 */
public final class ProgramLink implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Frozen workers delay a dump by two seconds each, sixteen at a time. */
    private static final Duration LONG_PATIENCE = Duration.ofMinutes(2);

    /** A path of a socket has 108 bytes at most, and the folder's own name takes some. */
    private static final int LONGEST_FOLDER = 60;

    /** Of the questions, as core's InspectorThread understands them. */
    private static final long VERSION = 1;

    private static final String AGENT = LookAgent.class.getName().replace('.', '/') + ".class";

    /** One copy of Pando in the program; there is one for each class loader that has its classes. */
    private record CopyChannel(SocketChannel channel, DataInputStream in, DataOutputStream out) {
        static CopyChannel of(SocketChannel channel) {
            return new CopyChannel(
                    channel,
                    new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel))),
                    new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel))));
        }

        List<SeenRecord> ask(String question, long first, long second) throws IOException {
            out.writeUTF(question);
            out.writeLong(first);
            out.writeLong(second);
            out.flush();
            return SeenRecord.answer(in);
        }
    }

    private final long pid;
    private final List<CopyChannel> copies;

    private ProgramLink(long pid, List<CopyChannel> copies) {
        this.pid = pid;
        this.copies = copies;
    }

    /** Looks into a program of this user. */
    public static ProgramLink to(long pid) throws IOException, LookFailure {
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow(() -> new LookFailure("there is no process " + pid));
        String owner = process.info().user().orElse("");
        String user = ProcessHandle.current().info().user().orElse("");
        if (!owner.isEmpty() && !owner.equals(user)) {
            throw new LookFailure("process " + pid + " belongs to another user: " + CleanText.of(owner));
        }
        Path folder = folder();
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            Path socket = folder.resolve("socket");
            server.bind(UnixDomainSocketAddress.of(socket));
            return PatientCall.of("process " + pid, PATIENCE, () -> {
                loadAgent(pid, agentJar(folder), socket);
                return connected(pid, server);
            });
        } finally {
            delete(folder);
        }
    }

    /** Returns a new folder that its owner alone may enter, as those of this method of the JDK are. */
    private static Path folder() throws IOException {
        Path usual = Path.of(System.getProperty("java.io.tmpdir"));
        Path shortPath = Path.of("/tmp");
        return usual.toString().length() > LONGEST_FOLDER && Files.isDirectory(shortPath)
                ? Files.createTempDirectory(shortPath, "pando-look")
                : Files.createTempDirectory("pando-look");
    }

    private static void delete(Path folder) {
        for (String name : List.of("socket", "agent.jar", "")) {
            try {
                Files.deleteIfExists(folder.resolve(name));
            } catch (IOException inUse) {
                // on Windows: the program has the jar open
            }
        }
    }

    /** The jar has the agent alone, because a JVM puts it on the class path of the program. */
    private static Path agentJar(Path folder) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Agent-Class", LookAgent.class.getName());
        Path file = folder.resolve("agent.jar");
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest);
                InputStream code = Objects.requireNonNull(LookAgent.class.getResourceAsStream("/" + AGENT))) {
            jar.putNextEntry(new JarEntry(AGENT));
            code.transferTo(jar);
        }
        return file;
    }

    private static void loadAgent(long pid, Path jar, Path socket) throws IOException, LookFailure {
        try {
            VirtualMachine machine = VirtualMachine.attach(String.valueOf(pid));
            try {
                machine.loadAgent(jar.toString(), socket.toString());
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException e) {
            throw new LookFailure("process " + pid + " lets no tool in: " + e.getMessage());
        } catch (AgentLoadException e) {
            throw new LookFailure(
                    "process " + pid + " loads no agent, which -XX:+EnableDynamicAgentLoading allows, in a"
                            + " Java with the module java.instrument: " + e.getMessage());
        } catch (AgentInitializationException e) {
            throw new LookFailure("the agent failed in process " + pid + ", which has printed why");
        }
    }

    private static ProgramLink connected(long pid, ServerSocketChannel server) throws IOException, LookFailure {
        server.configureBlocking(false); // what connects has done so when the agent is loaded
        SocketChannel first = server.accept();
        if (first == null) {
            throw new LookFailure("process " + pid + " has had no pool yet, or none of a Pando that can be looked at");
        }
        List<CopyChannel> copies = new ArrayList<>(List.of(CopyChannel.of(first)));
        SeenRecord greeting = SeenRecord.answer(copies.getFirst().in).getFirst();
        if (greeting.number("version") != VERSION) {
            throw new LookFailure("process " + pid + " has a Pando that needs another version of this tool");
        }
        long count = greeting.number("copies");
        while (copies.size() < count) {
            SocketChannel next = server.accept();
            if (next == null) {
                break;
            }
            CopyChannel copy = CopyChannel.of(next);
            SeenRecord.answer(copy.in);
            copies.add(copy);
        }
        return new ProgramLink(pid, copies);
    }

    /** Returns the program at this moment, with so many tasks of each pool that run, and as many that wait. */
    SeenProgram state(int most) throws IOException, LookFailure {
        return program("state", most, PATIENCE);
    }

    /** Returns the same with the stacks of all these tasks, and the threads that block each other. */
    SeenProgram dump(int most) throws IOException, LookFailure {
        return program("dump", most, LONG_PATIENCE);
    }

    private SeenProgram program(String question, int most, Duration patience) throws IOException, LookFailure {
        return PatientCall.of("process " + pid, patience, () -> {
            List<List<SeenRecord>> answers = new ArrayList<>();
            for (CopyChannel copy : copies) {
                answers.add(copy.ask(question, most, 0));
            }
            return SeenProgram.of(answers);
        });
    }

    /** Returns where a task is, or why that is not told. */
    SeenStack stack(SeenPool pool, long task) throws IOException, LookFailure {
        return PatientCall.of(
                "process " + pid,
                PATIENCE,
                () -> SeenStack.of(
                        copies.get(pool.copy()).ask("stack", pool.facts().number("pool"), task)));
    }

    boolean isAlive() {
        return ProcessHandle.of(pid).isPresent();
    }

    @Override
    public void close() throws IOException {
        for (CopyChannel copy : copies) {
            copy.channel.close();
        }
    }
}
