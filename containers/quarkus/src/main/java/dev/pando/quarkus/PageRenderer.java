package dev.pando.quarkus;

import dev.pando.Pool;
import dev.pando.process.Processes;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/** A bean with a pool. Its class has no constructor that a proxy could call, so that Quarkus rewrites it. */
@ApplicationScoped
public class PageRenderer {
    private final Pool pool;
    private final RenderSettings settings;

    PageRenderer(RenderSettings settings) {
        this.settings = settings;
        pool = Pool.open(Processes.of(1));
    }

    record Page(int number, String text) implements Serializable {}

    String page(int number) {
        String text = settings.text();
        return pool.submit(() -> new Page(number, text)).result().toString();
    }

    String twice() {
        return pool.map(PageRenderer::twice, List.of(1, 2, 3)).toList().toString();
    }

    boolean isElsewhere() {
        return pool.submit(() -> ProcessHandle.current().pid()).result()
                != ProcessHandle.current().pid();
    }

    private static int twice(int number) {
        return 2 * number;
    }

    @PreDestroy
    void close() {
        pool.close(Duration.ofSeconds(20));
    }
}
