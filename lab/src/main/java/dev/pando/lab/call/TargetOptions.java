package dev.pando.lab.call;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that name a method, on the class path or in one source file, never both. */
public final class TargetOptions {
    @Option(
            names = {"--class-path", "-cp", "--jar"},
            paramLabel = "PATH",
            description = "Where the class is: jars and folders, as `java -cp` takes them.")
    @Nullable
    String classPath;

    @Option(
            names = "--file",
            paramLabel = "FILE.java",
            description = "Or: a one-file program that has the method. It is compiled first.")
    @Nullable
    Path file;

    @Option(
            names = "--class",
            paramLabel = "CLASS",
            description = "The class, with its package. With --file: left out, it is the one of the file's name.")
    @Nullable
    String type;

    @Option(
            names = "--method",
            required = true,
            paramLabel = "METHOD",
            description = "The method: of one argument, a text or a number.")
    String method = "";

    /** Returns the classes. The caller must close them after the last call. */
    public LoadedProgram open() throws WrongTarget {
        if (file != null) {
            return LoadedProgram.compiled(file, type);
        }
        if (type == null) {
            throw new WrongTarget("say which class: --class com.acme.Texts, or --file Texts.java");
        }
        return LoadedProgram.on(classPath == null ? "" : classPath, type);
    }

    /** Returns the method as a function. */
    public CallByName in(LoadedProgram loadedProgram) throws WrongTarget {
        return CallByName.of(loadedProgram.type(), method);
    }

    /** Returns source to paste: {@code Texts::words}. */
    public String reference(LoadedProgram loadedProgram) {
        return loadedProgram.type().getSimpleName() + "::" + method;
    }
}
