package dev.pando.spring;

import dev.pando.ContextCarrier;
import java.io.Serializable;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Gives a task the user of the thread that submits it: what {@code SecurityContextHolder} has there. The bean {@code
 * securityContextCarrier} is one, where the application has Spring Security. The task has a context of its own, so that
 * the end of the request takes nothing from it, and the worker has no user when the task has ended. To worker processes
 * the user travels as it is, with a bearer token where it holds one.
 */
public final class SecurityContextCarrier implements ContextCarrier {

    /** Carries the user. */
    public SecurityContextCarrier() {}

    @Override
    public @Nullable Luggage capture() {
        Authentication user = SecurityContextHolder.getContext().getAuthentication();
        return user == null ? null : new CarriedUser(user);
    }

    @Override
    public String toString() {
        return "SecurityContextCarrier";
    }

    private record CarriedUser(Authentication user) implements Luggage, Serializable {
        @Override
        public <T extends @Nullable Object> T around(Callable<T> body) throws Exception {
            SecurityContext before = SecurityContextHolder.getContext(); // empty, unless the submitter runs the task
            SecurityContext own = SecurityContextHolder.createEmptyContext();
            own.setAuthentication(user);
            SecurityContextHolder.setContext(own);
            try {
                return body.call();
            } finally {
                if (before.getAuthentication() == null) {
                    SecurityContextHolder.clearContext();
                } else {
                    SecurityContextHolder.setContext(before);
                }
            }
        }
    }
}
