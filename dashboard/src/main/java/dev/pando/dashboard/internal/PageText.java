package dev.pando.dashboard.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/** The page: one file, whose styles and script stand in it and are allowed by a nonce. */
public final class PageText {
    private static final int NONCE_BYTES = 18;
    private static final String MILLIS_BETWEEN_POLLS = "1000";

    /** What only a header may say; a browser would warn of it in the page. */
    private static final String OF_A_HEADER = "; frame-ancestors 'none'";

    private final SecureRandom random = new SecureRandom();
    private final String template;

    public PageText() {
        template = resource("page.html")
                .replace("/*css*/", resource("page.css"))
                .replace("/*stream*/", resource("stream.js"))
                .replace("/*page*/", resource("page.js"));
    }

    /** Returns what no other page has, made of letters, digits, - and _. */
    String nonce() {
        byte[] bytes = new byte[NONCE_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Returns the page of the own server, which streams. Nonce and key are made of letters, digits, - and _. */
    String page(String nonce, String actKey) {
        return page(nonce, actKey, "", "");
    }

    /** Returns a page that asks again and again, cannot act, and brings its policy along. */
    public String polledPage() {
        String nonce = nonce();
        String policy = policy(nonce).replace(OF_A_HEADER, "");
        return page(
                nonce,
                "",
                MILLIS_BETWEEN_POLLS,
                "<meta http-equiv=\"Content-Security-Policy\" content=\"" + policy + "\">");
    }

    private String page(String nonce, String actKey, String poll, String policy) {
        return template.replace("<!--policy-->", policy)
                .replace("{poll}", poll)
                .replace("{nonce}", nonce)
                .replace("{act}", actKey);
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
