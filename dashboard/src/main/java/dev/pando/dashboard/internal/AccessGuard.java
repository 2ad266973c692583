package dev.pando.dashboard.internal;

import com.google.errorprone.annotations.CheckReturnValue;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.sun.net.httpserver.Headers;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The door of the page. A ticket, which stands in a printed address, lets one browser in, once, and that browser gets a
 * key in a cookie. Everything else needs the key.
 *
 * <p>The cookie is sent to a path that only this program and its browsers know, because a browser sends cookies of
 * 127.0.0.1 to every port there, and another port may be another user's. A page of another site is refused by {@code
 * Sec-Fetch-Site} and {@code Origin}, and one whose name was rebound to this address by its {@code Host}.
 */
public final class AccessGuard {
    private static final String COOKIE = "pando";
    private static final String TOKEN = "token=";
    private static final int SECRET_BYTES = 32;

    /** Addresses that were made and not used: of a program that makes them in a loop the last are kept. */
    private static final int MOST_TICKETS = 16;

    private final SecureRandom random = new SecureRandom();

    @GuardedBy("this")
    private final ArrayDeque<String> tickets = new ArrayDeque<>();

    private final String key = secret();
    private final String room = "/" + secret() + "/";
    private final String actKey = secret();

    /** The names under which the page may be asked for. Written before the first request. */
    private volatile Set<String> hosts = Set.of();

    private String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    void servesAt(int port) {
        hosts = Set.of("127.0.0.1:" + port, "localhost:" + port);
    }

    /** Returns a new ticket. */
    public String ticket() {
        String ticket = secret();
        synchronized (this) {
            if (tickets.size() == MOST_TICKETS) {
                tickets.removeFirst();
            }
            tickets.addLast(ticket);
        }
        return ticket;
    }

    /** Uses up the ticket of a query. Returns whether it had one. */
    @CheckReturnValue
    synchronized boolean useTicket(@Nullable String query) {
        if (query == null || !query.startsWith(TOKEN)) {
            return false;
        }
        String given = query.substring(TOKEN.length());
        String found = null;
        for (String ticket : tickets) { // each of them, so that the time tells nothing
            if (equal(ticket, given)) {
                found = ticket;
            }
        }
        return found != null && tickets.remove(found);
    }

    /** Returns the path below which the page is. */
    String room() {
        return room;
    }

    /** Returns what the page must say to act, beside the cookie that a browser sends by itself. */
    String actKey() {
        return actKey;
    }

    String cookie() {
        return COOKIE + "=" + key + "; Path=" + room + "; HttpOnly; SameSite=Strict";
    }

    /** Returns whether the request was addressed to this page by its own name. */
    boolean hasHost(Headers headers) {
        List<String> given = headers.get("Host");
        return given != null && given.size() == 1 && hosts.contains(given.getFirst());
    }

    /** Returns whether the request goes to the room, has the key, and comes from the page itself or was typed. */
    boolean admits(URI uri, Headers headers) {
        return hasHost(headers) && isInRoom(uri) && isFromHere(headers) && hasKey(headers);
    }

    private boolean isInRoom(URI uri) {
        String path = uri.getRawPath();
        return path != null && path.length() >= room.length() && equal(room, path.substring(0, room.length()));
    }

    private static boolean isFromHere(Headers headers) {
        String site = headers.getFirst("Sec-Fetch-Site"); // a client that is no browser sends none
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            return false;
        }
        String origin = headers.getFirst("Origin");
        return origin == null || origin.equals("http://" + headers.getFirst("Host"));
    }

    private boolean hasKey(Headers headers) {
        boolean found = false;
        List<String> lines = headers.get("Cookie");
        for (String line : lines == null ? List.<String>of() : lines) {
            for (String cookie : line.split(";", -1)) {
                String one = cookie.strip();
                if (one.startsWith(COOKIE + "=")) {
                    found |= equal(key, one.substring(COOKIE.length() + 1));
                }
            }
        }
        return found;
    }

    /** Returns whether an admitted request may act: it was made by the script of the page. */
    boolean mayAct(Headers headers) {
        String site = headers.getFirst("Sec-Fetch-Site");
        String given = headers.getFirst("X-Pando-Act");
        return (site == null || site.equals("same-origin")) && given != null && equal(actKey, given);
    }

    /** Takes a time that depends on the length alone. */
    private static boolean equal(String known, String given) {
        return MessageDigest.isEqual(known.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
