package dev.pando.internal.codec.policy;

import java.io.InvalidClassException;
import java.io.InvalidObjectException;
import java.io.ObjectInputFilter;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A result policy at work on one message: refuses classes, and shapes that would cost more than their bytes are worth.
 * Each object takes at least a byte, so their number needs no limit of its own. Used by the thread that decodes.
 */
public final class ResultFilter implements ObjectInputFilter {
    /** Deeper than data is, and about where an ordinary stack ends, which must not happen in the middle of anything. */
    static final int DEPTH = 1000;

    /** What any message may cost to hash, however small it is: a million steps are some milliseconds. */
    private static final long MIN_HASH_STEPS = 1 << 20;

    /**
     * What a message may cost beyond that: far more than honest data does, which is hashed in a few steps for each of
     * its bytes.
     */
    private static final long HASH_STEPS_PER_BYTE = 256;

    /** What a message may claim whatever its size: {@code Collections.nCopies} claims many elements in few bytes. */
    private static final long MIN_SLOTS = 1 << 16;

    /** What each array or table may claim beyond its elements: the smallest hash table has sixteen slots. */
    private static final long SLOTS_PER_TABLE = 16;

    /** An element takes a byte at least, and a hash table has up to eight slots for each. */
    private static final long SLOTS_PER_BYTE = 8;

    private final ResultPolicy policy;
    private final int bytes;
    private final HashCost hashCost;

    /**
     * The superclasses of the classes let in so far, and the parts of plain exceptions: let in with them wherever they
     * come from.
     */
    private final Set<Class<?>> families = new HashSet<>();

    /** Slots of all arrays and hash tables so far, as claimed before one of their elements is read. */
    private long slots;

    private long tables;

    /**
     * The class of what took the place of a handle and is checked next: allowed whatever its size, since it came from
     * our memory.
     */
    private @Nullable Class<?> sharedClass;

    private @Nullable String refusal;

    public ResultFilter(ResultPolicy policy, int bytes) {
        this.policy = policy;
        this.bytes = bytes;
        hashCost = new HashCost(MIN_HASH_STEPS + HASH_STEPS_PER_BYTE * bytes);
    }

    /** Returns this filter and the one that the user set for the whole JVM: what either refuses is refused. */
    public ObjectInputFilter andTheUsers() {
        return ObjectInputFilter.merge(this, ObjectInputFilter.Config.getSerialFilter());
    }

    /**
     * Returns why the message was refused, as the end of a sentence that begins with the name of the task. Returns null
     * if it was not.
     */
    public @Nullable String refusal(Throwable failure) {
        if (refusal != null || !(failure instanceof InvalidClassException)) {
            return refusal;
        }
        boolean filtered = String.valueOf(failure.getMessage()).contains("filter status: REJECTED");
        return filtered ? "holds something that the filter of this JVM (jdk.serialFilter) refuses" : null;
    }

    @Override
    public Status checkInput(FilterInfo info) {
        if (sharedClass != null && sharedClass == info.serialClass()) {
            sharedClass = null;
            return Status.ALLOWED;
        }
        if (info.depth() > DEPTH) {
            return refuse("holds objects linked more than " + DEPTH + " deep; send a collection or an array instead");
        }
        if (info.arrayLength() >= 0) {
            slots += info.arrayLength();
            tables++;
            // All arrays together, or each of a thousand nested ones could claim as much as the message allows.
            if (slots > MIN_SLOTS + SLOTS_PER_TABLE * tables + SLOTS_PER_BYTE * bytes) {
                return refuse("claims arrays of " + slots + " elements in " + bytes + " bytes");
            }
        }
        // a reference to what was let in, or a class that is not known here
        if (info.serialClass() == null) {
            return Status.UNDECIDED;
        }
        return check(ClassLocation.element(info.serialClass()));
    }

    private Status check(Class<?> type) {
        if (ClassFacts.of(type).trusted || families.contains(type)) {
            return Status.ALLOWED;
        }
        if (policy.letsIn(type)) {
            if (policy.invites(type)) {
                addFamily(type);
            }
            return Status.ALLOWED;
        }
        if (!Throwable.class.isAssignableFrom(type)) {
            return refuse(unknown(type, ""));
        }
        ExceptionFacts facts = ExceptionFacts.of(type);
        if (facts.objection != null) {
            return refuse(unknown(type, ", and " + facts.objection));
        }
        families.addAll(facts.parts);
        return Status.ALLOWED;
    }

    private void addFamily(Class<?> type) {
        for (Class<?> above = type; above != null; above = above.getSuperclass()) {
            families.add(above);
            if (Throwable.class.isAssignableFrom(above) && !ClassFacts.of(above).trusted) {
                families.addAll(ExceptionFacts.of(above).parts);
            }
        }
    }

    private static String unknown(Class<?> type, String objection) {
        String name = type.getName();
        String pattern = type.getPackageName().isEmpty() ? name : type.getPackageName() + ".*";
        String why = ClassLocation.isJdk(type)
                ? "because it is not plain data"
                : "because neither the task nor its result type comes from there" + objection;
        return "holds " + name + ", which is not accepted from a worker, " + why + ": allow it with Processes.accept(\""
                + pattern + "\")";
    }

    private Status refuse(String why) {
        if (refusal == null) {
            refusal = why;
        }
        return Status.REJECTED;
    }

    /** Allows this object, which is checked next. Returns it. */
    public Object letIn(Object shared) {
        sharedClass = shared.getClass();
        return shared;
    }

    /** Called for each object, once it is whole and before it is put into another. */
    public void weigh(@Nullable Object object) throws InvalidObjectException {
        if (hashCost.bears(object)) {
            return;
        }
        refuse("holds collections within collections in so many ways that comparing or printing them would not end");
        throw new InvalidObjectException("too many ways through a collection");
    }
}
