package dev.pando.internal.process.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Finds the number of an open descriptor by what the descriptor leads to, since Java does not tell the number. The
 * system gives out the lowest free number, so that files which are made one after another lie side by side: the search
 * begins where the last one ended, or else a thousand files would be read a thousand times. Any thread.
 */
final class DescriptorSearch {
    private static final DescriptorSearch OWN = new DescriptorSearch(Path.of("/proc/self/fd"), new LinkReader() {
        @Override // not a lambda: a program searches before its first result, which lambdas would delay
        public String read(Path descriptor) throws IOException {
            return Files.readSymbolicLink(descriptor).toString();
        }
    });

    /** How far from the last number the next one usually is: making one file takes up to three for a moment. */
    private static final int NEAR = 3;

    /** Reads what a descriptor leads to. */
    interface LinkReader {
        String read(Path descriptor) throws IOException;
    }

    private final Path folder;
    private final LinkReader reader;

    /** A guess, that any thread may overwrite. */
    private volatile int last;

    DescriptorSearch(Path folder, LinkReader reader) {
        this.folder = folder;
        this.reader = reader;
    }

    /** Returns the number of a descriptor of this process that leads to this name. */
    static String find(String link) throws IOException {
        return Integer.toString(OWN.numberOf(link));
    }

    int numberOf(String link) throws IOException {
        int near = last;
        for (int number = Math.max(0, near - NEAR); number <= near + NEAR; number++) {
            if (leadsTo(folder.resolve(Integer.toString(number)), link)) {
                last = number;
                return number;
            }
        }
        String[] open = folder.toFile().list(); // not a stream, which loads twenty classes before the first result
        for (String descriptor : open == null ? new String[0] : open) {
            if (leadsTo(folder.resolve(descriptor), link)) {
                int number = Integer.parseInt(descriptor);
                last = number;
                return number;
            }
        }
        throw new IOException("the descriptor of " + link + " cannot be found");
    }

    private boolean leadsTo(Path descriptor, String link) {
        try {
            return reader.read(descriptor).equals(link);
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }
}
