package dev.pando.codec;

import java.io.InvalidClassException;
import java.io.InvalidObjectException;
import java.io.ObjectInputFilter;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Customs at work on one message: refuses classes, and shapes that would cost more than their bytes are worth. Each object
 * takes at least a byte, so their number needs no limit of its own. Used by the thread that decodes.
 */
final class Inspection implements ObjectInputFilter {
    /** Deeper than data is, and about where an ordinary stack ends, which must not happen in the middle of anything. */
    static final int DEPTH = 1000;

    private final Customs customs;
    private final int bytes;
    private final Weight weight;

    /** The superclasses of what was invited: they are part of it, wherever they come from. */
    private final Set<Class<?>> families = new HashSet<>();

    /** Slots of all arrays and hash tables so far, as claimed before one of their elements is read. */
    private long slots;

    private long tables;

    /** What took the place of a handle and is about to be checked: it came out of memory that we know, whatever its size. */
    private @Nullable Class<?> known;

    private @Nullable String refusal;

    Inspection(Customs customs, int bytes) {
        this.customs = customs;
        this.bytes = bytes;
        weight = new Weight((1 << 20) + 256L * bytes);
    }

    /** This and the filter that the user set for the whole JVM: what either refuses is refused. */
    ObjectInputFilter andTheUsers() {
        return ObjectInputFilter.merge(this, ObjectInputFilter.Config.getSerialFilter());
    }

    /** Why it was refused, if it was: how the sentence that begins with the name of the task goes on. */
    @Nullable String refusal(Throwable failure) {
        if (refusal != null || !(failure instanceof InvalidClassException)) return refusal;
        boolean filtered = String.valueOf(failure.getMessage()).contains("filter status: REJECTED");
        return filtered ? "holds something that the filter of this JVM (jdk.serialFilter) refuses" : null;
    }

    @Override
    public Status checkInput(FilterInfo info) {
        if (known != null && known == info.serialClass()) {
            known = null;
            return Status.ALLOWED;
        }
        if (info.depth() > DEPTH) {
            return refuse("holds objects linked more than " + DEPTH + " deep; send a collection or an array instead");
        }
        if (info.arrayLength() >= 0) {
            slots += info.arrayLength();
            tables++;
            // An element takes a byte, and a hash table up to eight slots for each. All arrays together, or each of a
            // thousand nested ones could claim as much as the message allows. Some more, for Collections.nCopies.
            if (slots > (1 << 16) + 16 * tables + 8L * bytes) return refuse("claims arrays of " + slots + " elements in " + bytes + " bytes");
        }
        if (info.serialClass() == null) return Status.UNDECIDED; // a reference to what was let in, or a class that is not known here
        return check(Known.element(info.serialClass()));
    }

    private Status check(Class<?> type) {
        if (Known.of(type).plain || families.contains(type)) return Status.ALLOWED;
        if (!customs.letsIn(type)) return refuse(unknown(type));
        if (customs.invites(type)) for (Class<?> above = type; above != null; above = above.getSuperclass()) families.add(above);
        return Status.ALLOWED;
    }

    private static String unknown(Class<?> type) {
        String name = type.getName();
        String pattern = type.getPackageName().isEmpty() ? name : type.getPackageName() + ".*";
        String why = Known.isJdk(type) ? "because it is not plain data" : "because neither the task nor its result type comes from there";
        return "holds " + name + ", which is not accepted from a worker, " + why + ": allow it with Processes.accept(\"" + pattern + "\")";
    }

    private Status refuse(String why) {
        if (refusal == null) refusal = why;
        return Status.REJECTED;
    }

    /** The next to be checked is this. */
    Object letIn(Object shared) {
        known = shared.getClass();
        return shared;
    }

    /** Each object, once it is whole and before it is put into another. */
    void weigh(@Nullable Object object) throws InvalidObjectException {
        if (weight.bears(object)) return;
        refuse("holds collections within collections in so many ways that comparing or printing them would not end");
        throw new InvalidObjectException("too many ways through a collection");
    }
}
