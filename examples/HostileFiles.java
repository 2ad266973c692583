/*
 * Texts are taken out of PDF files of which some are hostile: one has no end, one fills the memory, one is too deep.
 *
 * The parser below understands just enough of PDF for this example, and has three faults that real parsers had: a chain
 * of tables is followed without a look whether it is a circle, a compressed stream is unpacked whatever its size, and
 * nested arrays are read by recursion. In threads one such file would take the program along. Here each costs itself.
 */
import dev.pando.Outcome;
import dev.pando.Pool;
import dev.pando.TaskTimeoutException;
import dev.pando.process.Processes;

void main() throws IOException {
    Path folder = Files.createTempDirectory("pando-pdf");
    List<String> files = makeFiles(folder);
    Processes readers = Processes.of(2)
            .heap("48m") // a file that fills this fails alone
            .memory("400m") // heap and all the rest: a worker that holds more is killed
            .grace(Duration.ofMillis(200));

    try (Pool pool = Pool.open(readers)) {
        List<Outcome<String>> texts = pool.timeout(Duration.ofSeconds(3)) // for each file
                .mapping((String file) -> readText(file))
                .outcomes()
                .over(files)
                .toList();
        for (int i = 0; i < files.size(); i++) {
            String name = Path.of(files.get(i)).getFileName().toString();
            System.out.println(name + ": " + tell(texts.get(i)));
        }
    }
    for (String file : files) {
        Files.delete(Path.of(file));
    }
    Files.delete(folder);
}

static String tell(Outcome<String> outcome) {
    return switch (outcome) {
        case Outcome.Success<String>(String text) -> text;
        case Outcome.Failure<String>(TaskTimeoutException late) -> "stopped in " + late.stuckAt()[0].getMethodName();
        case Outcome.Failure<String>(IOException wrong) -> "refused, " + wrong.getMessage();
        case Outcome.Failure<String>(Throwable error) -> "failed, " + error.getClass().getSimpleName();
        case Outcome.Cancelled<String>() -> "cancelled";
    };
}

// The parser, with its faults.

/** Returns the text of the page to which the tables lead. */
static String readText(String file) throws IOException {
    byte[] bytes = Files.readAllBytes(Path.of(file));
    String source = new String(bytes, StandardCharsets.ISO_8859_1);
    int start = source.lastIndexOf("startxref ");
    if (!source.startsWith("%PDF-") || start < 0) {
        throw new IOException("this is no PDF");
    }
    int table = followTables(source, number(source, start + "startxref ".length()));
    int stream = source.indexOf("stream\n", table) + "stream\n".length();
    int end = source.lastIndexOf("\nendstream");
    byte[] packed = Arrays.copyOfRange(bytes, stream, end);
    byte[] page = new InflaterInputStream(new ByteArrayInputStream(packed)).readAllBytes();
    StringBuilder text = new StringBuilder();
    readArray(new String(page, StandardCharsets.ISO_8859_1), 0, text);
    return text.toString();
}

/** Goes from table to earlier table. A table that names itself is a circle, which this loop does not see. */
static int followTables(String source, int table) {
    while (source.startsWith("/Prev ", table)) {
        table = number(source, table + "/Prev ".length());
    }
    return table;
}

/** Reads [texts in (parentheses), and arrays]; returns where the array ends. */
static int readArray(String page, int at, StringBuilder text) throws IOException {
    int next = at + 1;
    while (page.charAt(next) != ']') {
        if (page.charAt(next) == '[') {
            next = readArray(page, next, text);
        } else {
            int end = page.indexOf(')', next);
            text.append(page, next + 1, end);
            next = end + 1;
        }
    }
    return next + 1;
}

static int number(String source, int from) {
    int end = from;
    while (Character.isDigit(source.charAt(end))) {
        end++;
    }
    return Integer.parseInt(source, from, end, 10);
}

// The files.

static List<String> makeFiles(Path folder) throws IOException {
    return List.of(
            write(folder, "letter.pdf", pdf("/Page ", "[(Dear )[(Ada, )](all is well.)]".getBytes())),
            write(folder, "endless.pdf", pdf("/Prev 9 ", "[(never seen)]".getBytes())),
            write(folder, "bomb.pdf", pdf("/Page ", new byte[100_000_000])),
            write(folder, "deep.pdf", pdf("/Page ", "[".repeat(1_000_000).getBytes())),
            write(folder, "picture.pdf", "GIF89a".getBytes()),
            write(folder, "report.pdf", pdf("/Page ", "[(Nothing )(to report.)]".getBytes())));
}

static String write(Path folder, String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content).toString();
}

/** Returns a file whose table stands at its ninth byte, with this page in it, packed. */
static byte[] pdf(String table, byte[] page) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(("%PDF-1.4\n" + table + "stream\n").getBytes());
    try (DeflaterOutputStream packer = new DeflaterOutputStream(file, new Deflater(Deflater.BEST_SPEED))) {
        packer.write(page);
    }
    file.writeBytes("\nendstream\nstartxref 9 ".getBytes());
    return file.toByteArray();
}
