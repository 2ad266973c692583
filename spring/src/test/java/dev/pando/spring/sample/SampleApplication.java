package dev.pando.spring.sample;

import dev.pando.Pool;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** An application as its users write it; {@code SampleApplicationTest} packs it, starts it and calls it. */
@SpringBootApplication
@RestController
public class SampleApplication {
    private final Pool render;

    public SampleApplication(@Qualifier("render") Pool render) {
        this.render = render;
    }

    public static void main(String[] args) {
        SpringApplication.run(SampleApplication.class, args);
    }

    @EventListener
    void started(WebServerInitializedEvent event) {
        String name = event.getApplicationContext().getServerNamespace();
        System.out.println((name == null ? "sample" : name) + " port "
                + event.getWebServer().getPort());
    }

    /** Twice this number, and the process that computed it. */
    @GetMapping("/twice")
    Answer twice(@RequestParam int number) {
        return render.submit(n -> new Answer(2 * n, ProcessHandle.current().pid()), number)
                .result();
    }

    /** Returns when the test says so, at this port. */
    @GetMapping("/slow")
    String slow(@RequestParam int port) {
        return render.submit(SampleTasks::waitFor, port).result();
    }

    public record Answer(int value, long pid) implements java.io.Serializable {}
}
