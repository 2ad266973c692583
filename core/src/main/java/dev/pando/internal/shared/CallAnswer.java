package dev.pando.internal.shared;

import java.util.List;

/** What came of a call, with the items as the caller sees them. */
public record CallAnswer(CallStatus status, long amount, List<Object> items, String text) {

    public boolean isDone() {
        return status == CallStatus.DONE;
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // of this type it was put in
    public <T> T item() {
        return (T) items.getFirst();
    }
}
