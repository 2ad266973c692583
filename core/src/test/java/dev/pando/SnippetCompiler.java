package dev.pando;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles sources that stand in texts, and returns what the compiler prints about each. */
final class SnippetCompiler {
    private static final Pattern HEAD = Pattern.compile("(?:.*/)?([\\w-]+)\\.java:\\d+: ((?:error|warning): .*)");

    /** What the compiler prints after all messages. */
    private static final Pattern TAIL = Pattern.compile("Note: .*|\\d+ (errors?|warnings?)");

    private SnippetCompiler() {}

    /**
     * Compiles all of these together, each to its last phase, so that an error in one hides none in another.
     *
     * @param sources the texts by the names of their top-level classes
     * @param classes the folder for what was compiled
     * @return the lines that the compiler prints about each source, as on a console but without file and line number;
     *     empty for a source without a complaint. A complaint about no source stands under the empty name.
     */
    static Map<String, List<String>> complaints(Map<String, String> sources, Path classes, String... options) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter console = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> all = new ArrayList<>(List.of(
                    "-proc:none", "-Xmaxerrs", "1000", "-XDshould-stop.ifError=FLOW", "-d", classes.toString()));
            all.addAll(List.of(options));
            List<Source> units = new ArrayList<>();
            sources.forEach((name, text) -> units.add(new Source(name, text)));
            compiler.getTask(console, files, null, all, null, units).call();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, List<String>> complaints = new LinkedHashMap<>();
        sources.keySet().forEach(name -> complaints.put(name, new ArrayList<>()));
        String about = "";
        for (String line : console.toString().lines().toList()) {
            Matcher head = HEAD.matcher(line);
            if (head.matches()) {
                about = head.group(1);
                line = head.group(2);
            } else if (line.startsWith("error: ") || line.startsWith("warning: ")) {
                about = "";
            }
            if (!TAIL.matcher(line).matches()) {
                complaints.computeIfAbsent(about, any -> new ArrayList<>()).add(line);
            }
        }
        return complaints;
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
