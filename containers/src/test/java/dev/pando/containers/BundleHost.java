package dev.pando.containers;

import java.io.InputStream;
import java.net.URI;
import java.util.Map;
import java.util.ServiceLoader;
import org.osgi.framework.BundleContext;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** A program of its own: starts the OSGi framework of its class path, and in it the bundles that are named to it. */
final class BundleHost {
    /** What a location begins with where the framework is handed a stream, and does not know the file. */
    static final String STREAMED = "elsewhere:";

    private BundleHost() {}

    public static void main(String[] args) throws Exception {
        FrameworkFactory factory =
                ServiceLoader.load(FrameworkFactory.class).findFirst().orElseThrow();
        Framework framework =
                factory.newFramework(Map.of("org.osgi.framework.storage", args[0], "felix.log.level", "1"));
        framework.start();
        try {
            for (int i = 1; i < args.length; i++) {
                install(framework.getBundleContext(), args[i]);
            }
        } finally {
            framework.stop();
            framework.waitForStop(0);
        }
    }

    private static void install(BundleContext context, String location) throws Exception {
        if (location.startsWith(STREAMED)) {
            try (InputStream in =
                    URI.create(location.substring(STREAMED.length())).toURL().openStream()) {
                context.installBundle(location, in).start();
            }
        } else {
            context.installBundle(location).start();
        }
    }
}
