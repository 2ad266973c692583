package dev.pando.containers.app;

import dev.pando.Pool;
import dev.pando.process.Processes;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;

/** The web application: a pool of worker processes that lives as long as it does. */
public class PoolServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private transient Pool pool;

    @Override
    public void init() {
        pool = Pool.open(Processes.of(1));
    }

    /** Says what a worker computed, and whether the application has a Pando of its own. */
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        int number = Integer.parseInt(request.getParameter("number"));
        int twice = pool.submit(() -> twice(number)).result();
        boolean own = Pool.class.getClassLoader() == PoolServlet.class.getClassLoader();
        response.getWriter().print(twice + (own ? " own" : " shared"));
    }

    private static int twice(int number) {
        return 2 * number;
    }

    @Override
    public void destroy() {
        pool.close(Duration.ofSeconds(20));
    }
}
