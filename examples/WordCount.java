/*
 * The words of some files, counted file by file; a file that cannot be read costs its own result and no other.
 *
 * A folder of small files is made first, and removed at the end. The counts come in the order of the files, whichever
 * was read first. outcomes() delivers a success or a failure for each file, where a plain map would end at the first
 * that fails.
 */
import dev.pando.Outcome;
import dev.pando.Pool;
import dev.pando.local.Virtual;

void main() throws IOException {
    Path folder = Files.createTempDirectory("pando-words");
    List<Path> files = makeFiles(folder);

    try (Pool pool = Pool.open(Virtual.atMost(8))) {
        List<Outcome<Integer>> counts =
                pool.mapping((Path file) -> countWords(file)).outcomes().over(files).toList();

        int all = 0;
        for (int i = 0; i < counts.size(); i++) {
            String name = files.get(i).getFileName().toString();
            switch (counts.get(i)) {
                case Outcome.Success<Integer>(Integer count) -> {
                    all += count;
                    System.out.println(name + ": " + count + " words");
                }
                case Outcome.Failure<Integer>(Throwable error) ->
                    System.out.println(name + ": " + error.getClass().getSimpleName());
                case Outcome.Cancelled<Integer>() -> System.out.println(name + ": cancelled");
            }
        }
        System.out.println("all: " + all + " words");
    }
    for (Path file : files) {
        Files.deleteIfExists(file);
    }
    Files.delete(folder);
}

static int countWords(Path file) throws IOException {
    int count = 0;
    try (BufferedReader lines = Files.newBufferedReader(file)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            count += new StringTokenizer(line).countTokens();
        }
    }
    return count;
}

static List<Path> makeFiles(Path folder) throws IOException {
    Path poem = Files.writeString(folder.resolve("poem.txt"), "the tree\nthat walks\n");
    Path missing = folder.resolve("missing.txt");
    Path broken = Files.write(folder.resolve("broken.txt"), new byte[] {'a', ' ', (byte) 0xff, '\n'}); // no UTF-8
    Path diary = Files.writeString(folder.resolve("diary.txt"), "one more day\n".repeat(100));
    return List.of(poem, missing, broken, diary);
}
