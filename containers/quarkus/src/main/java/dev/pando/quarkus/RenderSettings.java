package dev.pando.quarkus;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What the application is told by its configuration. */
@ApplicationScoped
public class RenderSettings {
    @ConfigProperty(name = "render.text", defaultValue = "seven")
    String text;

    String text() {
        return text;
    }
}
