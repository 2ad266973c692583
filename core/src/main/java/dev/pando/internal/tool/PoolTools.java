package dev.pando.internal.tool;

import dev.pando.PoolView;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The tool that the property {@code pando.dashboard} turns on. Loaded with the first pool that finds the property. */
public final class PoolTools {
    /** The property. */
    public static final String DASHBOARD = "pando.dashboard";

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

    private static void complain(String what) {
        if (COMPLAINED.compareAndSet(false, true)) {
            System.getLogger("dev.pando").log(System.Logger.Level.WARNING, what);
        }
    }
}
