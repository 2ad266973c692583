package dev.pando.internal.codec.policy;

import static dev.pando.internal.codec.policy.ResultFilter.DEPTH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pando.internal.codec.Codec;
import dev.pando.internal.codec.EchoHandler;
import dev.pando.spi.UnsendableException;
import dev.pando.spi.UnsendableException.Direction;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** How deep and how large a result may be, and that the filter of the JVM applies too. */
class ResultFilterTest extends ResultFixture {
    private final Codec codec = new Codec();

    @Override
    Codec codec() {
        return codec;
    }

    @Test
    void whatIsLinkedTooDeeplyIsRefused() throws Exception {
        FutureTask<Void> onALargeStack = new FutureTask<>(() -> {
            assertThat(refused(nested(DEPTH + 1), allowing())).hasMessageContaining("more than " + DEPTH + " deep");
            assertThat(arrive(nested(DEPTH - 1), allowing())).isInstanceOf(List.class);
            return null;
        });
        new Thread(null, onALargeStack, "large stack", 64 << 20).start();
        onALargeStack.get();
    }

    private static Object nested(int depth) {
        Object nested = "";
        for (int i = 0; i < depth; i++) {
            nested = new ArrayList<>(Collections.singletonList(nested));
        }
        return nested;
    }

    @Test
    void anArrayLargerThanItsMessageIsRefused() throws Exception {
        for (Object array : List.of(
                new byte[1][1],
                new long[1][1],
                new Object[1],
                new ArrayList<>(List.of("")),
                new HashMap<>(Map.of("", "")),
                List.of(""))) {
            byte[] bytes = codec.encode(array, Direction.RESULT);
            int lies = 0;
            for (int i = 0; i + 4 <= bytes.length; i++) { // a 1 that is no length changes nothing
                if (ByteBuffer.wrap(bytes).getInt(i) != 1) {
                    continue;
                }
                byte[] lying = bytes.clone();
                lying[i] = 0x3f;
                UnsendableException refused =
                        catchThrowableOfType(UnsendableException.class, () -> arrive(lying, allowing()));
                if (refused != null && refused.getMessage().matches("claims arrays of \\d+ elements in \\d+ bytes")) {
                    lies++;
                }
            }
            assertThat(lies).as(array.getClass().getName()).isPositive();
        }
    }

    @Test
    void arraysThatOnlyTogetherAreTooLargeAreRefused() throws Exception {
        Object[] nested = new Object[0];
        for (int i = 0; i < 200; i++) {
            nested = new Object[] {nested};
        }
        byte[] bytes = codec.encode(nested, Direction.RESULT);
        for (int i = 0; i + 5 < bytes.length; i++) {
            if (bytes[i] == 0 && bytes[i + 1] == 0 && bytes[i + 2] == 0 && bytes[i + 3] == 1 && bytes[i + 4] == 0x75) {
                bytes[i + 2] = 8;
            }
        }
        assertThat(refused(bytes, allowing())).hasMessageStartingWith("claims arrays");
    }

    @Test
    void theFilterOfTheJvmStillApplies() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-Djdk.serialFilter=!java.math.BigDecimal",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Filtered.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(said)
                .contains("refused: ")
                .contains("jdk.serialFilter")
                .contains("let in: 42")
                .contains("ours: holds");
    }

    /** Runs in a JVM with a deserialization filter of its own. */
    static final class Filtered {
        public static void main(String[] arguments) throws Exception {
            Codec codec = new Codec();
            byte[] bytes = codec.encode(BigDecimal.ONE, Direction.RESULT);
            try {
                codec.decode(bytes, 0, bytes.length, Direction.RESULT, allowing());
            } catch (UnsendableException e) {
                System.out.println("refused: " + e.getMessage());
            }
            byte[] plain = codec.encode(42, Direction.RESULT);
            System.out.println("let in: " + codec.decode(plain, 0, plain.length, Direction.RESULT, allowing()));
            byte[] ours = codec.encode(new EchoHandler(), Direction.RESULT);
            try {
                codec.decode(ours, 0, ours.length, Direction.RESULT, allowing());
            } catch (UnsendableException e) {
                System.out.println("ours: " + e.getMessage());
            }
        }
    }
}
