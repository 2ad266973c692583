package dev.pando;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Sources as trees, with their comments. They are parsed and not compiled, which takes no class path and no time. */
final class SourceTrees {
    private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    private DocTrees comments;

    List<CompilationUnitTree> parse(List<Path> sources) throws IOException {
        List<CompilationUnitTree> units = new ArrayList<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, files, null, null, null, files.getJavaFileObjectsFromPaths(sources));
            comments = comments == null ? DocTrees.instance(task) : comments;
            task.parse().forEach(units::add);
        }
        return units;
    }

    /** Returns the comments of what was parsed first. */
    DocTrees comments() {
        return comments;
    }
}
