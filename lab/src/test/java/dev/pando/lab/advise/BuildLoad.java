package dev.pando.lab.advise;

import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** A build beside the test: a JVM that compiles, on two threads for each processor, until it is closed. */
final class BuildLoad implements AutoCloseable {
    private static final int METHODS = 400;

    private final Process build;

    /** Returns when the build has compiled for the first time. */
    BuildLoad() throws IOException {
        build = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BuildLoad.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (build.getInputStream().read() < 0) {
            throw new IOException("the build did not begin");
        }
    }

    @Override
    public void close() {
        build.destroyForcibly();
        build.onExit().join();
    }

    /** Ends when its standard input does, so that it does not outlive the test. */
    public static void main(String[] args) throws Exception {
        CountDownLatch compiled = new CountDownLatch(1);
        for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
            Thread.ofPlatform().daemon().start(() -> compileForEver(compiled));
        }
        compiled.await();
        System.out.print('.');
        System.out.flush();
        System.in.transferTo(System.out);
        System.exit(0);
    }

    private static void compileForEver(CountDownLatch compiled) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            while (true) {
                var task = (JavacTask) compiler.getTask(
                        null, files, _ -> {}, List.of("-proc:none"), null, List.of(new MemorySource()));
                task.analyze();
                compiled.countDown();
            }
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** A class of many methods. */
    private static final class MemorySource extends SimpleJavaFileObject {
        MemorySource() {
            super(URI.create("string:///Many.java"), JavaFileObject.Kind.SOURCE);
        }

        @Override
        public CharSequence getCharContent(boolean ignoreErrors) {
            StringBuilder source = new StringBuilder("class Many {\n");
            for (int i = 0; i < METHODS; i++) {
                source.append("  static java.util.List<String> of")
                        .append(i)
                        .append("(java.util.stream.Stream<Integer> all) {\n")
                        .append("    return all.map(n -> n + 1).filter(n -> n > 2).map(n -> \"\" + n).toList();\n"
                                + "  }\n");
            }
            return source.append("}\n");
        }
    }
}
