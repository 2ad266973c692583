package dev.pando;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.local.Caller;
import dev.pando.local.Threads;
import dev.pando.local.Virtual;
import dev.pando.loop.Loop;
import dev.pando.process.Processes;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The tables of docs/options.md have a row for each option, and its default is that of the code. */
@Timeout(600) // the compiler takes seconds, and minutes where others have the processors
class OptionsPageTest {
    private static final Path PAGE = Path.of("../docs/options.md");
    private static final Pattern HEAD = Pattern.compile("\\| option of `(\\w+)` .*");
    private static final Pattern ROW = Pattern.compile("\\| `(\\w+)\\(.*?\\)` \\| (.+?) \\| (.+) \\|");

    private static final Pattern CALL = Pattern.compile("\\| `\\.?\\w+\\((\\w+)\\)` .*");
    private static final Pattern NAME = Pattern.compile("`(\\w+)`");

    private static final List<Class<?>> WITH_OPTIONS = List.of(
            PoolBuilder.class,
            Submitter.class,
            Mapping.class,
            Threads.class,
            Virtual.class,
            Caller.class,
            Loop.class,
            Processes.class);

    /** Where the code keeps what was not said: fields, one after the other. Nothing, where a method computes it. */
    private static final Map<String, String> FIELDS = Map.ofEntries(
            Map.entry("PoolBuilder.queue", "queue"),
            Map.entry("PoolBuilder.whenFull", "whenFull"),
            Map.entry("PoolBuilder.timeout", "timeoutNanos"),
            Map.entry("PoolBuilder.listener", "listeners"),
            Map.entry("PoolBuilder.carry", "carriers"),
            Map.entry("PoolBuilder.metered", "metered"),
            Map.entry("PoolBuilder.timer", "timer"),
            Map.entry("Submitter.timeout", "options.timeoutNanos"),
            Map.entry("Submitter.retries", "options.retries"),
            Map.entry("Submitter.named", "options.name"),
            Map.entry("Submitter.priority", "options.priority"),
            Map.entry("Mapping.chunk", "options.chunk"),
            Map.entry("Mapping.window", "options.window"),
            Map.entry("Mapping.timeout", "options.totalNanos"),
            Map.entry("Mapping.progress", "options.progress"),
            Map.entry("Mapping.atMostOnce", "options.atMostOnce"),
            Map.entry("Threads.initializer", "initializer"),
            Map.entry("Loop.virtualTime", "settings.virtual"),
            Map.entry("Loop.shuffled", "settings.seed"),
            Map.entry("Loop.warnAfter", "settings.warnNanos"),
            Map.entry("Processes.heap", "settings.heap"),
            Map.entry("Processes.memory", "settings.memory"),
            Map.entry("Processes.jvmArgs", "settings.jvmArgs"),
            Map.entry("Processes.directory", "settings.directory"),
            Map.entry("Processes.java", "settings.java"),
            Map.entry("Processes.processors", "settings.processors"),
            Map.entry("Processes.debug", "settings.debugPort"),
            Map.entry("Processes.initializer", "settings.initializer"),
            Map.entry("Processes.recycleAfter", "settings.recycleAfter"),
            Map.entry("Processes.recycleAbove", "settings.recycleAbove"),
            Map.entry("Processes.idleTimeout", "settings.idleNanos"),
            Map.entry("Processes.grace", "settings.graceNanos"),
            Map.entry("Processes.startTimeout", "settings.startNanos"),
            Map.entry("Processes.spares", "settings.spares"),
            Map.entry("Processes.eager", "settings.eager"),
            Map.entry("Processes.keepChildren", "settings.keepsChildren"),
            Map.entry("Processes.accept", "settings.accepted"));

    /** Zero is the default itself there, and not the lack of a limit. */
    private static final List<String> NUMBERS =
            List.of("PoolBuilder.queue", "Submitter.retries", "Submitter.priority", "Processes.spares");

    private static Map<String, String> defaultsOnThePage() throws Exception {
        Map<String, String> defaults = new LinkedHashMap<>();
        String type = "";
        for (String line : Files.readAllLines(PAGE)) {
            Matcher head = HEAD.matcher(line);
            Matcher row = ROW.matcher(line);
            if (head.matches()) {
                type = head.group(1);
            } else if (row.matches()) {
                assertThat(defaults.put(type + "." + row.group(1), row.group(2)))
                        .isNull();
            }
        }
        return defaults;
    }

    @Test
    void everyOptionHasARow() throws Exception {
        TreeSet<String> options = new TreeSet<>();
        for (Class<?> type : WITH_OPTIONS) {
            for (Method method : type.getDeclaredMethods()) {
                boolean option = Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers());
                if (option
                        && method.getReturnType() == type
                        && !method.getName().equals("mapping")) {
                    options.add(type.getSimpleName() + "." + method.getName());
                }
            }
        }
        assertThat(options).hasSizeGreaterThan(40);
        assertThat(defaultsOnThePage().keySet()).containsExactlyInAnyOrderElementsOf(options);
    }

    @Test
    void everyArgumentHasItsUnit() throws Exception {
        TreeSet<String> arguments = new TreeSet<>();
        TreeSet<String> explained = new TreeSet<>();
        for (String line : Files.readAllLines(PAGE)) {
            Matcher call = CALL.matcher(line);
            if (call.matches()) {
                arguments.add(call.group(1));
            } else if (line.startsWith("| `")) {
                String names = line.substring(0, line.indexOf('|', 1));
                NAME.matcher(names).results().forEach(name -> explained.add(name.group(1)));
            }
        }
        assertThat(arguments).hasSizeGreaterThan(15);
        assertThat(explained).containsAll(arguments);
    }

    @Test
    void everyDefaultIsThatOfTheCode() throws Exception {
        Map<String, String> page = defaultsOnThePage();
        try (Pool pool = Pool.open(Caller.inline())) {
            Map<String, Object> fresh = Map.of(
                    "PoolBuilder", Pool.with(Caller.inline()),
                    "Submitter", pool,
                    "Mapping", pool.mapping((Integer n) -> n),
                    "Threads", Threads.of(1),
                    "Loop", Loop.create(),
                    "Processes", Processes.of(1));
            for (Map.Entry<String, String> place : FIELDS.entrySet()) {
                String option = place.getKey();
                Object value = fresh.get(option.substring(0, option.indexOf('.')));
                for (String field : place.getValue().split("\\.")) {
                    value = read(value, field);
                }
                if (isAbsent(value) && !NUMBERS.contains(option)) {
                    assertThat(page.get(option)).as(option).doesNotContainPattern("^[\\d`]");
                } else {
                    assertThat(page.get(option)).as(option).isEqualTo(shown(value));
                }
            }
        }
    }

    private static Object read(Object from, String name) throws Exception {
        for (Class<?> type = from.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    field.setAccessible(true);
                    return field.get(from);
                }
            }
        }
        throw new AssertionError(from.getClass() + " has no field " + name + ", but has: "
                + Arrays.toString(from.getClass().getDeclaredFields()));
    }

    private static boolean isAbsent(Object value) {
        return switch (value) {
            case null -> true;
            case Boolean on -> !on;
            case Collection<?> all -> all.isEmpty();
            case Number number -> number.longValue() == 0 || number.longValue() == Long.MAX_VALUE;
            default -> false;
        };
    }

    private static String shown(Object value) {
        return switch (value) {
            case Integer number -> number < 1000 ? "" + number : number / 1000 + " " + "%03d".formatted(number % 1000);
            case Long nanos when nanos % 60_000_000_000L == 0 -> nanos / 60_000_000_000L + " min";
            case Long nanos when nanos % 1_000_000_000L == 0 -> nanos / 1_000_000_000L + " s";
            case Long nanos -> nanos / 1_000_000L + " ms";
            default -> "`" + value + "`";
        };
    }
}
