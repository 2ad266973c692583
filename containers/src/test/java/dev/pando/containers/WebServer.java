package dev.pando.containers;

import java.nio.file.Path;
import java.util.List;

/** A container in this JVM, with at most one application in it, whose address ends in {@code /app}. */
interface WebServer {
    String SERVLET = "dev.pando.containers.app.PoolServlet";

    /** Starts the application that lies in this folder, and returns its loader. */
    ClassLoader deploy(Path application) throws Exception;

    /** Stops the application, and forgets it. */
    void undeploy() throws Exception;

    /** Returns what the container found of applications that it had taken away: threads, values of threads. */
    List<String> complaints();

    int port();

    /** Stops the container. */
    void stop() throws Exception;
}
