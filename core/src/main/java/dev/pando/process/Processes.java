package dev.pando.process;

import static dev.pando.internal.util.Checks.notNegative;
import static dev.pando.internal.util.Checks.positive;
import static dev.pando.internal.util.Checks.present;

import dev.pando.Action;
import dev.pando.internal.codec.policy.ClassPatterns;
import dev.pando.internal.process.BarredEngine;
import dev.pando.internal.process.InitializerTask;
import dev.pando.internal.process.ProcessEngine;
import dev.pando.internal.process.ProcessSettings;
import dev.pando.internal.process.os.ByteSize;
import dev.pando.spi.Backend;
import dev.pando.spi.Engine;
import dev.pando.spi.Host;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Isolated worker JVMs: for code that must not crash, hang or outgrow this one. A task that kills its worker costs that
 * task; a task that does not stop is killed; what a worker may hold can be capped. Work, arguments and results travel
 * by serialisation; static state does not.
 */
public final class Processes implements Backend {
    private static final int LAST_PORT = 65_535;

    private final ProcessSettings settings;

    private Processes(ProcessSettings settings) {
        this.settings = settings;
    }

    /**
     * So many workers at most; they are started when there is work for them.
     *
     * @throws IllegalArgumentException the count is zero or negative
     */
    public static Processes of(int count) {
        return new Processes(new ProcessSettings(
                positive(count, "count"),
                "Processes.of(" + count + ")",
                Output.inherit().sink()));
    }

    /** As many as there are processors. */
    public static Processes auto() {
        return of(Runtime.getRuntime().availableProcessors());
    }

    /**
     * The heap of each worker, as {@code -Xmx} has it: {@code "512m"}. Without, they share 60 % of the memory.
     *
     * @throws IllegalArgumentException the text is no size above zero
     */
    public Processes heap(String size) {
        return with("heap", present(size, "size"), copy -> copy.heap = ByteSize.bytes(size));
    }

    /**
     * The most memory that a worker may hold, heap and everything else: one that holds more is killed. The default is
     * no limit.
     *
     * @throws IllegalArgumentException the text is no size above zero
     */
    public Processes memory(String size) {
        return with("memory", present(size, "size"), copy -> copy.memory = ByteSize.bytes(size));
    }

    /**
     * Further arguments for {@code java}, after those of this JVM that concern classes and modules; the last wins.
     *
     * @throws IllegalArgumentException an argument cannot be given to a process on this system
     */
    public Processes jvmArgs(String... arguments) {
        for (String argument : present(arguments, "arguments")) {
            sayable(present(argument, "an argument"));
        }
        return with("jvmArgs", List.of(arguments), copy -> copy.addJvmArgs(List.of(arguments)));
    }

    /**
     * Environment variables, beside those of this JVM.
     *
     * @throws IllegalArgumentException a name or a value cannot be given to a process on this system
     */
    public Processes environment(Map<String, String> variables) {
        Map<String, String> all = Map.copyOf(present(variables, "variables"));
        all.forEach((name, value) -> {
            if (name.isEmpty() || name.indexOf('=') >= 0) {
                throw new IllegalArgumentException("no name of a variable: \"" + name + "\"");
            }
            sayable(name);
            sayable(value);
        });
        return with("environment", all.keySet(), copy -> copy.addEnvironment(all));
    }

    /**
     * System properties, beside those that this JVM was started with.
     *
     * @throws IllegalArgumentException a name or a value cannot be given to a process on this system
     */
    public Processes properties(Map<String, String> properties) {
        Map<String, String> all = Map.copyOf(present(properties, "properties"));
        all.forEach((name, value) -> sayable(name + value));
        return with(
                "properties",
                all.keySet(),
                copy -> copy.addJvmArgs(all.entrySet().stream()
                        .map(one -> "-D" + one.getKey() + "=" + one.getValue())
                        .toList()));
    }

    /** The default locale. Without, the one that this JVM was started with. */
    public Processes locale(Locale locale) {
        String extensions = present(locale, "locale").getExtensionKeys().stream()
                .map(key -> key + "-" + locale.getExtension(key))
                .collect(Collectors.joining("-"));
        return jvmArgs(
                "-Duser.language=" + locale.getLanguage(),
                "-Duser.country=" + locale.getCountry(),
                "-Duser.script=" + locale.getScript(),
                "-Duser.variant=" + locale.getVariant(),
                "-Duser.extensions=" + extensions);
    }

    /** The default time zone. Without, the one that this JVM was started with. */
    public Processes timeZone(TimeZone zone) {
        return jvmArgs("-Duser.timezone=" + present(zone, "zone").getID());
    }

    /** The directory in which workers run. Without, that of this JVM. */
    public Processes directory(Path directory) {
        return with("directory", present(directory, "directory"), copy -> copy.directory = directory.toAbsolutePath());
    }

    /** The {@code java} that workers run on, of the same version as this one. */
    public Processes java(Path executable) {
        return with("java", present(executable, "executable"), copy -> copy.java = executable.toAbsolutePath());
    }

    /**
     * How many processors each worker sees. Without, they share those of the machine.
     *
     * @throws IllegalArgumentException the count is zero or negative
     */
    public Processes processors(int count) {
        return with("processors", positive(count, "count"), copy -> copy.processors = count);
    }

    /**
     * Lets a debugger attach to one worker at a time, at this port of the loopback interface: the first that starts,
     * and after its end the next that starts. Open a pool of one worker to debug all tasks. The default is none:
     * workers take no port, however this JVM is debugged.
     *
     * @throws IllegalArgumentException the number is no port
     */
    public Processes debug(int port) {
        if (port < 1 || port > LAST_PORT) {
            throw new IllegalArgumentException("port must be from 1 to " + LAST_PORT + ", not " + port);
        }
        return with("debug", port, copy -> copy.debugPort = port);
    }

    /**
     * Runs this in each worker before its first task. If it throws in the first worker, the pool is broken, and
     * everything submitted ends in {@code PoolBrokenException}.
     */
    public Processes initializer(Action initializer) {
        present(initializer, "initializer");
        return with("initializer", "...", copy -> copy.initializer = new InitializerTask(initializer));
    }

    /**
     * A worker goes home after so many tasks; the one that takes its place is started before. The default is no limit.
     *
     * @throws IllegalArgumentException the number is zero or negative
     */
    public Processes recycleAfter(int tasks) {
        return with("recycleAfter", positive(tasks, "tasks"), copy -> copy.recycleAfter = tasks);
    }

    /**
     * A worker that holds more memory than this after a task goes home as soon as another can take its place; one that
     * holds a quarter more, at once. The default is no limit.
     *
     * @throws IllegalArgumentException the text is no size above zero
     */
    public Processes recycleAbove(String size) {
        return with("recycleAbove", present(size, "size"), copy -> copy.recycleAbove = ByteSize.bytes(size));
    }

    /**
     * A worker goes home after so long without work; a minute, unless said.
     *
     * @throws IllegalArgumentException the duration is zero or negative
     */
    public Processes idleTimeout(Duration duration) {
        long nanos = positive(duration, "duration");
        return with("idleTimeout", duration, copy -> copy.idleNanos = nanos);
    }

    /**
     * How long a task that was told to stop has to obey before its worker is killed; a second, unless said. Zero: at
     * once.
     *
     * @throws IllegalArgumentException the duration is negative
     */
    public Processes grace(Duration duration) {
        long nanos = notNegative(duration, "duration");
        return with("grace", duration, copy -> copy.graceNanos = nanos);
    }

    /**
     * Lets the processes that a task started go on when the task is stopped, by a timeout or by {@code cancel(true)}.
     * Without, they end with their task. In any case they go on when the task ends by itself, and all end with their
     * worker.
     */
    public Processes keepChildren() {
        return with("keepChildren", "", copy -> copy.keepsChildren = true);
    }

    /**
     * How long a worker may take to get ready, its initializer included; a minute, unless said.
     *
     * @throws IllegalArgumentException the duration is zero or negative
     */
    public Processes startTimeout(Duration duration) {
        long nanos = positive(duration, "duration");
        return with("startTimeout", duration, copy -> copy.startNanos = nanos);
    }

    /**
     * So many workers more are kept ready, and take the place of those that are killed or go home. The default is 0.
     *
     * @throws IllegalArgumentException the number is negative
     */
    public Processes spares(int count) {
        return with("spares", notNegative(count, "count"), copy -> copy.spares = count);
    }

    /** Starts all workers when the pool opens, and keeps them. */
    public Processes eager() {
        return with("eager", "", copy -> {
            copy.eager = true;
            copy.idleNanos = ProcessSettings.UNLIMITED;
        });
    }

    /** Where what workers print goes. The default is {@link Output#inherit}. */
    public Processes output(Output output) {
        return with("output", present(output, "output"), copy -> copy.output = output.sink());
    }

    /**
     * Accepts results and exceptions that consist of these classes too: {@code "com.acme.Page"}, {@code "com.acme.*"}
     * for a package, {@code "com.acme.**"} for all below it. What comes from where the task itself comes from, and data
     * of the JDK, is accepted without.
     *
     * @throws IllegalArgumentException a pattern is none
     */
    public Processes accept(String... patterns) {
        for (String pattern : present(patterns, "patterns")) {
            present(pattern, "a pattern");
        }
        var _ = ClassPatterns.of(List.of(patterns)); // refuses nonsense here, and not when the pool opens
        return with("accept", List.of(patterns), copy -> copy.accept(List.of(patterns)));
    }

    @Override
    public Engine start(Host host) {
        Engine barred = BarredEngine.ifPreparing(host);
        if (barred != null) {
            return barred;
        }
        ProcessEngine engine = new ProcessEngine(host, settings);
        engine.open();
        return engine;
    }

    @Override
    public String toString() {
        return settings.typed;
    }

    private Processes with(String name, Object value, Consumer<ProcessSettings> change) {
        ProcessSettings changed = settings.with(change);
        changed.typed += "." + name + "(" + typed(value) + ")";
        return new Processes(changed);
    }

    /** Of a map only the names: passwords stand in environments and properties. */
    private static String typed(Object value) {
        return switch (value) {
            case String text -> text.isEmpty() || text.equals("...") ? text : "\"" + text + "\"";
            case List<?> all -> all.stream().map(Processes::typed).collect(Collectors.joining(", "));
            case Set<?> names ->
                names.stream().map(name -> name + "=...").sorted().collect(Collectors.joining(", ", "{", "}"));
            default -> value.toString();
        };
    }

    /** What goes to another program by way of the system; it would arrive with question marks in it. */
    private static void sayable(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("no text with a zero character in it can be given to a process");
        }
        String encoding = System.getProperty("sun.jnu.encoding", "UTF-8");
        if (!Charset.isSupported(encoding)
                || Charset.forName(encoding).newEncoder().canEncode(text)) {
            return;
        }
        throw new IllegalArgumentException(
                "\"" + text + "\" cannot be given to a process in the encoding of this system, " + encoding
                        + ": run this program in a locale that has these letters, as with LC_ALL=C.UTF-8");
    }
}
