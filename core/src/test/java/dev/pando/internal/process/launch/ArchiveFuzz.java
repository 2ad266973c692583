package dev.pando.internal.process.launch;

import dev.pando.internal.process.os.OperatingSystem;
import dev.pando.internal.process.os.OwnFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What a fuzzer feeds to the check of an archive: the first half is made an archive, the second half replaces it. */
public final class ArchiveFuzz {
    private static final Path PLACE = place();

    private ArchiveFuzz() {}

    private static Path place() {
        try {
            return Files.createTempDirectory("pando-fuzz");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Throws if an archive is used that is not, byte for byte, what was made. */
    public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
        byte[] made = Arrays.copyOf(bytes, bytes.length / 2);
        byte[] found = Arrays.copyOfRange(bytes, bytes.length / 2, bytes.length);
        ArchiveFolder folder = new ArchiveFolder(OperatingSystem.here(), PLACE.toFile(), "facts");
        Path file = PLACE.resolve("made");
        Files.write(file, made);
        folder.keep(file);
        try (var files = Files.newDirectoryStream(PLACE)) {
            for (Path archive : files) {
                Files.write(archive, found);
            }
        }
        OwnFile archive = folder.find();
        if (archive != null) {
            archive.close();
        }
        folder.discard();
        boolean whole = found.length > 0 && Arrays.equals(made, found);
        if (whole != (archive != null)) {
            throw new AssertionError(whole ? "a whole archive is not used" : "an archive is used that was not made");
        }
    }
}
