package dev.pando.internal.codec;

import dev.pando.internal.codec.message.LoaderNumbers;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;

/** A directory of classes that are not on the test's class path, and a class loader for them. */
public final class ForeignClasses {
    final Path classes;
    public final URLClassLoader loader;

    private ForeignClasses(Path classes, URLClassLoader loader) {
        this.classes = classes;
        this.loader = loader;
    }

    /** Compiles sources, each a file name and its text, against the classes of the test and of the parent loader. */
    public static ForeignClasses compile(Path at, ClassLoader parent, String... namesAndTexts) throws Exception {
        Path classes = Files.createDirectories(at.resolve("classes"));
        String path = System.getProperty("java.class.path");
        if (parent instanceof URLClassLoader other) {
            for (URL url : other.getURLs()) {
                path += java.io.File.pathSeparator + Path.of(url.toURI());
            }
        }
        List<String> arguments = new ArrayList<>(List.of("-d", classes.toString(), "-proc:none", "-cp", path));
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            Path source = at.resolve(namesAndTexts[i]);
            Files.createDirectories(source.getParent());
            arguments.add(Files.writeString(source, namesAndTexts[i + 1]).toString());
        }
        if (ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)) != 0) {
            throw new AssertionError();
        }
        return new ForeignClasses(
                classes, new URLClassLoader(new URL[] {classes.toUri().toURL()}, parent));
    }

    public static ForeignClasses compile(Path at, String... namesAndTexts) throws Exception {
        return compile(at, ForeignClasses.class.getClassLoader(), namesAndTexts);
    }

    public Class<?> type(String name) throws Exception {
        return Class.forName(name, false, loader);
    }

    public Object call(String type, String method) throws Exception {
        return type(type).getMethod(method).invoke(null);
    }

    /** Returns loaders in which this loader has number 7. */
    public LoaderNumbers seven() {
        return new LoaderNumbers() {
            @Override
            public int numberOf(Class<?> type) {
                if (type.isArray()) {
                    throw new AssertionError(type);
                }
                return type.getClassLoader() == loader ? 7 : 0;
            }

            @Override
            public ClassLoader numbered(int number) throws ClassNotFoundException {
                if (number == 7) {
                    return loader;
                }
                throw new ClassNotFoundException("no loader has number " + number);
            }
        };
    }
}
