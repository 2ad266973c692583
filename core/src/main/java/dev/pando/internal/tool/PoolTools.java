package dev.pando.internal.tool;

import dev.pando.PoolView;
import dev.pando.TaskTrace;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The tools that a property turns on. Loaded with the first pool that finds one. */
public final class PoolTools {
    /** The property. */
    public static final String DASHBOARD = "pando.dashboard";

    /** The property that names the file of a {@link TaskTrace}. */
    public static final String TRACE = "pando.trace";

    /** What is wrong with the property is said once. */
    private static final AtomicBoolean COMPLAINED = new AtomicBoolean();

    /** Found once, by the loader of this class: in an application server that of the application. */
    private static final class FoundTool {
        static final @Nullable PoolTool DASHBOARD_TOOL = found();

        private FoundTool() {}

        private static @Nullable PoolTool found() {
            for (PoolTool tool : ServiceLoader.load(PoolTool.class, PoolTool.class.getClassLoader())) {
                if (tool.property().equals(DASHBOARD)) {
                    return tool;
                }
            }
            return null;
        }
    }

    private PoolTools() {}

    /**
     * Tells the tool of a pool, if it is turned on. Never throws: a program must not fail because it is looked at.
     *
     * @param setting the value of the property
     */
    public static void opened(String setting, PoolView view) {
        if (setting.equals("off")) {
            return;
        }
        if (!setting.equals("on")) {
            complain("-D" + DASHBOARD + " is on or off, and not '" + setting + "'");
            return;
        }
        try {
            PoolTool tool = FoundTool.DASHBOARD_TOOL;
            if (tool == null) {
                complain("-D" + DASHBOARD + "=on needs the artifact pando-dashboard on the class path");
            } else {
                tool.opened(view);
            }
        } catch (Exception | LinkageError | ServiceConfigurationError e) {
            complain("the dashboard cannot open: " + e);
        }
    }

    /**
     * Adds a pool to the trace of this program. Never throws.
     *
     * @param file the value of the property
     */
    public static void traced(String file, PoolView view) {
        TaskTrace trace = OpenTrace.of(file);
        if (trace != null) {
            trace.add(view);
        }
    }

    /** One for the program, which ends with it. */
    private static final class OpenTrace {
        private static @Nullable TaskTrace trace;
        private static boolean isTried;

        private OpenTrace() {}

        static synchronized @Nullable TaskTrace of(String file) {
            if (!isTried) {
                isTried = true;
                trace = opened(file);
            }
            return trace;
        }

        private static @Nullable TaskTrace opened(String file) {
            try {
                TaskTrace fresh = TaskTrace.to(Path.of(file));
                Runtime.getRuntime().addShutdownHook(new Thread(() -> end(fresh, file), "pando-trace-end"));
                return fresh;
            } catch (IOException | InvalidPathException | IllegalStateException e) {
                complain("-D" + TRACE + "=" + file + " cannot be written: " + e);
                return null;
            }
        }

        private static void end(TaskTrace trace, String file) {
            try {
                trace.close();
            } catch (IOException e) {
                System.getLogger("dev.pando")
                        .log(System.Logger.Level.WARNING, "the trace " + file + " is not whole", e);
            }
        }
    }

    private static void complain(String what) {
        if (COMPLAINED.compareAndSet(false, true)) {
            System.getLogger("dev.pando").log(System.Logger.Level.WARNING, what);
        }
    }
}
