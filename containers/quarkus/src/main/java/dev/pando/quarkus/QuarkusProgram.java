package dev.pando.quarkus;

import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;

/** An application of Quarkus, which prints what its bean has computed in a worker process. */
@QuarkusMain
public class QuarkusProgram implements QuarkusApplication {
    private final PageRenderer renderer;

    QuarkusProgram(PageRenderer renderer) {
        this.renderer = renderer;
    }

    @Override
    public int run(String... arguments) {
        System.out.println(renderer.page(7));
        System.out.println(renderer.twice());
        System.out.println("another process: " + renderer.isElsewhere());
        return 0;
    }
}
