package dev.pando.internal.process.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class SharedPageTest {
    private static final int BYTES = 4096;
    private final OperatingSystem os = OperatingSystem.here();
    private final TestProcesses testProcesses = new TestProcesses();

    @AfterEach
    void nobodyStaysBehind() throws Exception {
        testProcesses.close();
    }

    /** Writes the answer into what it borrows, and dies. */
    static final class Borrower {
        private Borrower() {}

        public static void main(String[] args) throws Exception {
            ByteBuffer memory = SharedPage.borrow(args[0], BYTES);
            memory.order(ByteOrder.nativeOrder()).putLong(8, memory.getLong(0) + 1);
            Runtime.getRuntime().halt(0);
        }
    }

    @Test
    void anotherProcessFindsItByItsAddressAndWhatItWroteOutlivesIt() throws Exception {
        try (SharedPage sharedPage = SharedPage.lend(os, BYTES)) {
            sharedPage.set(0, 41);
            Process other = testProcesses.worker(
                    TestProcesses.JAVA,
                    "-Xshare:auto",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Borrower.class.getName(),
                    sharedPage.address());
            assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(sharedPage.get(8)).isEqualTo(42);
        }
    }

    @Test
    void itIsZeroAndHasNoNameInAnyFolder() throws Exception {
        try (SharedPage sharedPage = SharedPage.lend(os, BYTES)) {
            for (int i = 0; i < BYTES; i += 8) {
                assertThat(sharedPage.get(i)).isZero();
            }
            String file = file(sharedPage);
            assertThat(file).endsWith(" (deleted)");
            assertThat(Path.of(file.replace(" (deleted)", ""))).doesNotExist();
        }
    }

    @Test
    void afterItsEndNobodyCanBorrowIt() throws Exception {
        SharedPage sharedPage = SharedPage.lend(os, BYTES);
        String file = file(sharedPage);
        assertThat(descriptors(file)).isPositive();
        sharedPage.close();
        assertThatThrownBy(() -> SharedPage.borrow(sharedPage.address(), BYTES)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> sharedPage.get(0)).isInstanceOf(UncheckedIOException.class);
        assertThat(descriptors(file)).isZero();
    }

    /** The file behind a page, by a name that no other has. */
    private static String file(SharedPage sharedPage) throws IOException {
        return Files.readSymbolicLink(
                        Path.of(sharedPage.address().lines().findFirst().orElseThrow()))
                .toString();
    }

    /** Returns how many descriptors of this program lead to it. */
    private static long descriptors(String file) throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.filter(descriptor -> leadsTo(descriptor, file)).count();
        }
    }

    private static boolean leadsTo(Path descriptor, String file) {
        try {
            return Files.readSymbolicLink(descriptor).toString().equals(file);
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    @Test
    void ofOneThatIsCutOffItIsTold() throws Exception {
        try (SharedPage sharedPage = SharedPage.lend(os, BYTES)) {
            try (RandomAccessFile same = new RandomAccessFile(
                    sharedPage.address().lines().findFirst().orElseThrow(), "rw")) {
                same.setLength(0);
            }
            assertThatThrownBy(() -> sharedPage.get(8)).isInstanceOf(UncheckedIOException.class);
            sharedPage.set(8, 7);
            assertThat(sharedPage.get(8)).as("word of a page that grew again").isEqualTo(7);
        }
    }

    @Test
    void whoeverIsInterruptedMayUseIt() throws Exception {
        try (SharedPage sharedPage = SharedPage.lend(os, BYTES)) {
            Thread.currentThread().interrupt();
            sharedPage.set(8, 7);
            assertThat(sharedPage.get(8)).isEqualTo(7);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(sharedPage.get(8)).isEqualTo(7);
        }
    }
}
