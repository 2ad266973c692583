package dev.pando.junit.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pando.junit.Isolated;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What JUnit offers, in the life of one class in one worker. */
@Isolated(timeout = "1m")
@ExtendWith(PidResolver.class)
public class LifeSample {
    private static long preparedBy;
    private final List<String> steps = new ArrayList<>();

    @BeforeAll
    static void prepare() {
        preparedBy = ProcessHandle.current().pid();
    }

    @BeforeEach
    void begin() {
        steps.add("begun");
    }

    @AfterEach
    void end() {
        assertEquals("begun", steps.get(0));
    }

    @Test
    @DisplayName("the fields that @BeforeEach set are there")
    void beforeEach() {
        assertEquals(List.of("begun"), steps);
        assertEquals(ProcessHandle.current().pid(), preparedBy);
    }

    @Test
    void resolved(PidResolver.Pid pid, TestInfo info, TestReporter reporter) {
        assertEquals(ProcessHandle.current().pid(), pid.number(), "an extension runs in another process");
        assertNotEquals(System.getProperty("sample.parent"), "" + pid.number());
        reporter.publishEntry("display name", info.getDisplayName());
    }

    @Test
    void folder(@TempDir Path folder) throws Exception {
        assertTrue(Files.exists(Files.writeString(folder.resolve("file"), "text")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"one", "two", "three"})
    void parameters(String word) {
        assertNotEquals("two", word, "two is refused");
    }

    @RepeatedTest(2)
    void repeated() {}

    @TestFactory
    Stream<DynamicTest> dynamic() {
        return Stream.of("x", "y").map(name -> DynamicTest.dynamicTest(name, () -> assertEquals(1, name.length())));
    }

    @Test
    void jupiterAssertion() {
        assertEquals("expected", "found", "they differ");
    }

    @Test
    void assertjAssertion() {
        Assertions.assertThat(List.of(1, 2)).containsExactly(1, 3);
    }

    @Test
    void unknownException() {
        throw new Untransportable("holds a thread", new IllegalStateException("the cause"));
    }

    @Test
    void assumption() {
        Assumptions.assumeTrue(false, "not here");
    }

    @Test
    @Disabled("not today")
    void disabled() {}

    @Test
    @Tag("tagged")
    void leavesItsThreadInterrupted() {
        Thread.currentThread().interrupt();
    }

    @Nested
    class Inside {
        @BeforeEach
        void begin() {
            steps.add("inside");
        }

        @Test
        void nested() {
            assertEquals(List.of("begun", "inside"), steps);
        }
    }

    /** Does not travel. */
    static class Untransportable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final Object thread = Thread.currentThread();

        Untransportable(String message, Throwable cause) {
            super(message, cause);
        }

        @Override
        public String toString() {
            return super.toString() + (thread == null ? "" : "");
        }
    }
}
