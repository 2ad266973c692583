package dev.pando.internal.process;

import static dev.pando.internal.process.HostilePool.forEver;
import static dev.pando.internal.process.HostilePool.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Outcome;
import dev.pando.WorkerLostException;
import dev.pando.internal.codec.Codec;
import dev.pando.internal.process.wire.Message;
import dev.pando.spi.UnsendableException.Direction;
import java.io.Serializable;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An element of a map that answers for its whole chunk, with what no chunk answers. */
@EnabledOnOs(OS.LINUX)
@Tag("processes")
@Timeout(60)
class HostileMapTest {
    private static final int CHUNK = 10;
    private static final int ELEMENTS = 30;

    @RegisterExtension
    final HostilePool hostile = new HostilePool();

    enum Forgery {
        TEXT("that is none"),
        NOTHING("that is none"),
        NULL_RESULTS("no results"),
        NEGATIVE_TIME("no results"),
        NO_RESULT("0 results for 10 elements"),
        TOO_MANY("500 results for 10 elements"),
        A_MARK("a result of a map that no element has"),
        THROWN_NOTHING("a result of a map that no element has");

        private final String reason;

        Forgery(String reason) {
            this.reason = reason;
        }

        private Object answer() throws Exception {
            return switch (this) {
                case TEXT -> "a text";
                case NOTHING -> null;
                case NULL_RESULTS -> answerOf(null, 1);
                case NEGATIVE_TIME -> answerOf(new Object[CHUNK], -1);
                case NO_RESULT -> answerOf(new Object[0], 1);
                case TOO_MANY -> answerOf(new Object[500], 1);
                case A_MARK -> answerOf(filled(mark()), 1);
                case THROWN_NOTHING -> answerOf(filled(nothingThrown()), 1);
            };
        }

        private static Object[] filled(Object with) {
            Object[] results = new Object[CHUNK];
            Arrays.fill(results, with);
            return results;
        }

        private static Object mark() throws Exception {
            return Class.forName("dev.pando.internal.map.MapChunk$Mark").getEnumConstants()[0];
        }

        private static Object nothingThrown() throws Exception {
            return make("dev.pando.internal.map.ChunkTask$ThrownResult", (Object) null);
        }

        private static Object answerOf(Object[] results, long nanos) throws Exception {
            return make("dev.pando.internal.map.ChunkTask$Yield", results, nanos);
        }

        private static Object make(String record, Object... fields) throws Exception {
            Constructor<?> constructor = Class.forName(record).getDeclaredConstructors()[0];
            constructor.setAccessible(true);
            return constructor.newInstance(fields);
        }
    }

    /** Answers for the chunk that it is a part of, whose run has number 1, if it is the element 3. */
    private record Forging(byte[] answer) implements Serializable {
        private int apply(int element) throws Exception {
            if (element == 3) {
                say(new Message.Value(1, answer));
                forEver();
            }
            return element;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aForgedAnswerCostsItsElementAndTheMapEnds(Forgery forgery) throws Exception {
        Forging forging = new Forging(new Codec().encode(forgery.answer(), Direction.RESULT));
        List<Outcome<Integer>> outcomes = IntStream.range(0, ELEMENTS)
                .boxed()
                .gather(hostile.pool().mapping(forging::apply).chunk(CHUNK).outcomes())
                .toList();

        List<Integer> results = new ArrayList<>();
        for (Outcome<Integer> outcome : outcomes) {
            results.add(outcome instanceof Outcome.Success<Integer>(Integer value) ? value : null);
        }
        List<Integer> expected =
                new ArrayList<>(IntStream.range(0, ELEMENTS).boxed().toList());
        expected.set(3, null);
        assertThat(results).isEqualTo(expected);
        assertThat(outcomes.get(3))
                .isInstanceOfSatisfying(
                        Outcome.Failure.class,
                        failure -> assertThat(((WorkerLostException) failure.error())
                                        .loss()
                                        .reason())
                                .startsWith("it sent what is no message (")
                                .contains(forgery.reason));
        assertThat(Objects.requireNonNull(hostile.lost.peek())).contains(forgery.reason);
        hostile.assertUnharmed();
    }
}
