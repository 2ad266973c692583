package dev.pando.containers;

import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

/** Tomcat, as it is embedded. */
final class TomcatServer implements WebServer {
    private final Tomcat tomcat = new Tomcat();
    private Context application;

    TomcatServer(Path folder) throws Exception {
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
    public int port() {
        return tomcat.getConnector().getLocalPort();
    }

    @Override
    public void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
    }
}
