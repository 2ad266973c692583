package dev.pando.internal.process.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Which descriptor leads where, and how many are read to find out. */
@EnabledOnOs(OS.LINUX)
class DescriptorSearchTest {
    private static final int FILES = 1000;

    @TempDir
    Path folder;

    private final AtomicInteger reads = new AtomicInteger();

    private DescriptorSearch search() {
        return new DescriptorSearch(folder, descriptor -> {
            reads.incrementAndGet();
            return Files.readSymbolicLink(descriptor).toString();
        });
    }

    private void open(int number, String name) throws IOException {
        Files.createSymbolicLink(folder.resolve(Integer.toString(number)), Path.of(name));
    }

    /** Without a guess a thousand files take half a million reads. */
    @Test
    void filesThatAreKeptAreFoundByAFewReadsEach() throws IOException {
        DescriptorSearch search = search();
        for (int number = 10; number < 10 + FILES; number++) {
            open(number, "/made/" + number);
            assertThat(search.numberOf("/made/" + number)).isEqualTo(number);
        }
        assertThat(reads.get()).as("links read").isLessThan(10 * FILES);
    }

    @Test
    void theSameNumberAgainIsFoundByAFewReads() throws IOException {
        for (int number = 0; number < FILES; number++) {
            open(number, "/other/" + number);
        }
        DescriptorSearch search = search();
        open(FILES, "/made/first");
        assertThat(search.numberOf("/made/first")).isEqualTo(FILES);
        reads.set(0);
        for (int turn = 0; turn < 10; turn++) {
            Files.delete(folder.resolve(Integer.toString(FILES)));
            open(FILES, "/made/" + turn);
            assertThat(search.numberOf("/made/" + turn)).isEqualTo(FILES);
        }
        assertThat(reads.get()).as("links read").isLessThan(100);
    }

    @Test
    void whatIsFarFromTheLastIsFoundToo() throws IOException {
        DescriptorSearch search = search();
        open(500, "/made/high");
        open(3, "/made/low");
        assertThat(search.numberOf("/made/high")).isEqualTo(500);
        assertThat(search.numberOf("/made/low")).isEqualTo(3);
        assertThat(search.numberOf("/made/high")).isEqualTo(500);
    }

    @Test
    void whatIsNotOpenIsNotFound() {
        assertThatThrownBy(() -> search().numberOf("/made/never"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/made/never");
    }
}
