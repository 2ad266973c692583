package dev.pando.dashboard.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The page: one file, whose styles and script stand in it and are allowed by a nonce. */
final class PageText {
    private final String template;

    PageText() {
        template = resource("page.html")
                .replace("/*css*/", resource("page.css"))
                .replace("/*stream*/", resource("stream.js"))
                .replace("/*page*/", resource("page.js"));
    }

    /** Nonce and key are made of letters, digits, - and _. */
    String page(String nonce, String actKey) {
        return template.replace("{nonce}", nonce).replace("{act}", actKey);
    }

    /** What a browser may load and run: the two blocks with this nonce, and answers of this page. */
    static String policy(String nonce) {
        return "default-src 'none'; script-src 'nonce-" + nonce + "'; style-src 'nonce-" + nonce
                + "'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    private static String resource(String name) {
        try (InputStream in = PageText.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
