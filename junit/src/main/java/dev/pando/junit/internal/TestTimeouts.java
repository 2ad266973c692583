package dev.pando.junit.internal;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestDescriptor;

/** How long tests may take, as the annotations next to them say. */
final class TestTimeouts {
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,9})\\s*(ms|s|m|h)");

    private final @Nullable Duration standard;

    /** What was found, because each event asks, and annotations are found slowly. */
    private final Map<TestDescriptor, Optional<Duration>> known = new HashMap<>();

    /**
     * @throws IllegalArgumentException the parameter is no duration
     */
    TestTimeouts(Map<String, String> parameters) {
        standard = parse(parameters.getOrDefault("pando.junit.timeout", ""));
    }

    /**
     * Returns how long this test may take; {@code null} for ever.
     *
     * @throws IllegalArgumentException an annotation has no duration
     */
    @Nullable
    Duration of(TestDescriptor test) {
        return known.computeIfAbsent(test, one -> Optional.ofNullable(find(one)))
                .orElse(null);
    }

    /** Returns whether a test has a limit, of those that were asked for. */
    boolean hasAny() {
        return standard != null || known.values().stream().anyMatch(Optional::isPresent);
    }

    private @Nullable Duration find(TestDescriptor test) {
        Duration said = UnitFinder.annotation(test)
                .map(isolated -> parse(isolated.timeout()))
                .orElse(null);
        if (said != null) {
            return said;
        }
        TestDescriptor around = test.getParent().orElse(null);
        return around == null ? standard : find(around);
    }

    static @Nullable Duration parse(String text) {
        if (text.isBlank()) {
            return null;
        }
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
            throw new IllegalArgumentException(
                    "timeout = \"" + text + "\" is no duration above zero: write \"500ms\", \"2s\", \"1m\" or \"1h\"");
        }
        long count = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            default -> Duration.ofHours(count);
        };
    }
}
