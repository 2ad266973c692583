import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The Java code of a page, and what the page says that it prints. A block with a {@code main} is a program; a block
 * that begins with {@code static} has members for the others; any other is a snippet. A text block is what each Java
 * block between the last text block, or the last heading, and itself prints.
 */
record PagePrograms(List<Block> programs, List<Block> snippets, String members) {
    private static final String FENCE = "```";

    /** One block of code; nothing is said about the output where {@code printed} is null. */
    record Block(String source, List<String> printed) {
        boolean isProgram() {
            return source.contains("void main(");
        }
    }

    static PagePrograms read(Path page) throws IOException {
        List<Block> all = new ArrayList<>();
        List<String> waiting = new ArrayList<>();
        StringBuilder members = new StringBuilder();
        List<String> lines = Files.readAllLines(page);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith("#")) {
                close(waiting, null, all);
            }
            if (!line.startsWith(FENCE)) {
                continue;
            }
            int end = i + 1;
            while (!lines.get(end).startsWith(FENCE)) {
                end++;
            }
            List<String> block = lines.subList(i + 1, end);
            String source = String.join("\n", block) + "\n";
            if (line.equals(FENCE + "text")) {
                close(waiting, block, all);
            } else if (line.equals(FENCE + "java") && source.startsWith("static ") && !source.contains("void main(")) {
                members.append(source);
            } else if (line.equals(FENCE + "java")) {
                waiting.add(source);
            }
            i = end;
        }
        close(waiting, null, all);
        return new PagePrograms(
                all.stream().filter(block -> block.isProgram()).toList(),
                all.stream().filter(block -> !block.isProgram()).toList(),
                members.toString());
    }

    private static void close(List<String> waiting, List<String> printed, List<Block> all) {
        for (String source : waiting) {
            all.add(new Block(source, printed));
        }
        waiting.clear();
    }

    /** Returns one program that runs all snippets, and prints {@code == n} before each. */
    String together() {
        StringBuilder methods = new StringBuilder();
        StringBuilder calls = new StringBuilder();
        for (int i = 0; i < snippets.size(); i++) {
            methods.append("static void snippet%d() throws Exception {\n%s}\n"
                    .formatted(i, snippets.get(i).source()));
            calls.append("System.out.println(\"== %d\");\nsnippet%d();\n".formatted(i, i));
        }
        return "import dev.pando.*;\nimport dev.pando.local.*;\nimport dev.pando.process.*;\n" + members + methods
                + "void main() throws Exception {\n" + calls + "}\n";
    }
}
