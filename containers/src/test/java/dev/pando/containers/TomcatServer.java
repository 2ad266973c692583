package dev.pando.containers;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

/** Tomcat, as it is embedded, with what it finds itself of an application that it takes away. */
final class TomcatServer implements WebServer {
    /** Fields, or else the settings of loggers are collected. */
    private static final Logger ALL = Logger.getLogger("org.apache");

    private static final Logger LOADERS = Logger.getLogger("org.apache.catalina.loader.WebappClassLoaderBase");

    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            complaints.add(record.getMessage());
        }

        @Override
        public void flush() {
            // nothing is held back
        }

        @Override
        public void close() {
            // nothing is open
        }
    };

    private final Tomcat tomcat = new Tomcat();
    private Context application;

    TomcatServer(Path folder) throws Exception {
        ALL.setLevel(Level.WARNING);
        LOADERS.setUseParentHandlers(false);
        LOADERS.addHandler(handler);
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        tomcat.getConnector();
        tomcat.start();
    }

    @Override
    public ClassLoader deploy(Path folder) {
        application = tomcat.addContext("/app", folder.toString());
        Tomcat.addServlet(application, "pool", SERVLET);
        application.addServletMapping("/*", "pool");
        return application.getLoader().getClassLoader();
    }

    @Override
    public void undeploy() {
        tomcat.getHost().removeChild(application);
        application = null;
    }

    @Override
    public List<String> complaints() {
        return complaints;
    }

    @Override
    public int port() {
        return tomcat.getConnector().getLocalPort();
    }

    @Override
    public void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
        LOADERS.removeHandler(handler);
    }
}
