package dev.pando.containers;

import java.nio.file.Path;
import java.util.List;
import org.eclipse.jetty.ee11.webapp.WebAppContext;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;

/** Jetty, as it is embedded. */
final class JettyServer implements WebServer {
    private final Server jetty = new Server(0);
    private final ContextHandlerCollection applications = new ContextHandlerCollection();
    private final Path folder;
    private WebAppContext application;

    JettyServer(Path folder) throws Exception {
        this.folder = folder;
        jetty.setHandler(applications);
        jetty.start();
    }

    @Override
    public ClassLoader deploy(Path war) throws Exception {
        application = new WebAppContext();
        application.setContextPath("/app");
        application.setWar(war.toString());
        application.setTempDirectory(folder.toFile());
        application.addServlet(SERVLET, "/*");
        applications.addHandler(application);
        application.start();
        return application.getClassLoader();
    }

    @Override
    public void undeploy() throws Exception {
        application.stop();
        applications.removeHandler(application);
        application.destroy();
        application = null;
    }

    /** It does not look for what stays. */
    @Override
    public List<String> complaints() {
        return List.of();
    }

    @Override
    public int port() {
        return ((ServerConnector) jetty.getConnectors()[0]).getLocalPort();
    }

    @Override
    public void stop() throws Exception {
        jetty.stop();
        jetty.destroy();
    }
}
