package dev.pando.lab.call;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** The user's classes, loaded beside the lab's. Closing deletes what was compiled for them. */
public final class LoadedProgram implements AutoCloseable {
    private final URLClassLoader classes;
    private final Class<?> type;
    private final @Nullable Path compiled;

    private LoadedProgram(URLClassLoader classes, Class<?> type, @Nullable Path compiled) {
        this.classes = classes;
        this.type = type;
        this.compiled = compiled;
    }

    static LoadedProgram on(String classPath, String type) throws WrongTarget {
        List<Path> entries = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator, -1)) {
            if (!entry.isEmpty()) {
                if (!Files.exists(Path.of(entry))) {
                    throw new WrongTarget("there is no " + entry + ", which the class path names");
                }
                entries.add(Path.of(entry));
            }
        }
        return load(entries, type, null);
    }

    static LoadedProgram compiled(Path file, @Nullable String type) throws WrongTarget {
        if (!Files.isReadable(file)) {
            throw new WrongTarget("there is no file " + file);
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new WrongTarget("this Java has no compiler: run on a JDK, or compile the file and use --class-path");
        }
        Path folder = temporary();
        StringWriter said = new StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            boolean done = compiler.getTask(
                            said,
                            files,
                            null,
                            List.of(
                                    "-d",
                                    folder.toString(),
                                    "-cp",
                                    System.getProperty("java.class.path", ""),
                                    "-proc:none"),
                            null,
                            files.getJavaFileObjects(file))
                    .call();
            if (!done) {
                delete(folder);
                throw new WrongTarget(
                        file + " does not compile:\n" + said.toString().strip());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return load(
                List.of(folder),
                type != null ? type : file.getFileName().toString().replaceFirst("\\.java$", ""),
                folder);
    }

    private static LoadedProgram load(List<Path> entries, String type, @Nullable Path compiled) throws WrongTarget {
        List<URL> urls = new ArrayList<>();
        try {
            for (Path entry : entries) {
                urls.add(entry.toUri().toURL());
            }
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
        URLClassLoader classes =
                new URLClassLoader("program", urls.toArray(URL[]::new), LoadedProgram.class.getClassLoader());
        try {
            return new LoadedProgram(classes, Class.forName(type, true, classes), compiled);
        } catch (ClassNotFoundException | NoClassDefFoundError missing) {
            throw new WrongTarget("there is no class " + type
                    + (entries.isEmpty()
                            ? ": say where it is with --class-path, or with --file"
                            : " in "
                                    + String.join(
                                            ", ",
                                            entries.stream().map(Path::toString).toList()) + ". Has it a package?"));
        }
    }

    Class<?> type() {
        return type;
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("pando-program");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        classes.close();
        if (compiled != null) {
            delete(compiled);
        }
    }

    private static void delete(Path folder) {
        try (var all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
