package dev.pando.lab.call;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that name a method, on the class path or in one source file, never both. */
public final class Target {
    @Option(names = {"--class-path", "-cp", "--jar"}, paramLabel = "PATH",
            description = "Where the class is: jars and folders, as `java -cp` takes them.")
    @Nullable String classPath;

    @Option(names = "--file", paramLabel = "FILE.java", description = "Or: a one-file program that has the method. It is compiled first.")
    @Nullable Path file;

    @Option(names = "--class", paramLabel = "CLASS",
            description = "The class, with its package. With --file: left out, it is the one of the file's name.")
    @Nullable String type;

    @Option(names = "--method", required = true, paramLabel = "METHOD", description = "The method: of one argument, a text or a number.")
    String method = "";

    /** Returns the classes. The caller must close them after the last call. */
    public Program open() throws WrongTarget {
        if (file != null) {
            return Program.compiled(file, type);
        }
        if (type == null) {
            throw new WrongTarget("say which class: --class com.acme.Texts, or --file Texts.java");
        }
        return Program.on(classPath == null ? "" : classPath, type);
    }

    /** Returns the method as a function. */
    public CallByName in(Program program) throws WrongTarget {
        return CallByName.of(program.type(), method);
    }

    /** Returns source to paste: {@code Texts::words}. */
    public String reference(Program program) {
        return program.type().getSimpleName() + "::" + method;
    }
}
