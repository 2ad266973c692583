package dev.pando.internal.codec.policy;

import java.io.InvalidClassException;
import java.io.InvalidObjectException;
import java.io.ObjectInputFilter;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
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
    private final UnpackBudget budget;

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

    /** Whether a table was announced that is filled at once, after its keys were read. */
    private boolean fillsAtOnce;

    private @Nullable String refusal;

    public ResultFilter(ResultPolicy policy, int bytes) {
        this(policy, bytes, new UnpackBudget(bytes));
    }

    /** @param computed the clock of a thread that may compute for so many nanoseconds */
    ResultFilter(ResultPolicy policy, int bytes, long nanos, LongSupplier computed) {
        this(policy, bytes, new UnpackBudget(nanos, computed));
    }

    private ResultFilter(ResultPolicy policy, int bytes, UnpackBudget budget) {
        this.policy = policy;
        this.bytes = bytes;
        this.budget = budget;
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
        if (budget.isSpent()) {
            return refuse(tooLong());
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
        Class<?> type = ClassLocation.element(info.serialClass());
        fillsAtOnce |= type == ConcurrentHashMap.class || type.getName().equals("java.util.CollSer");
        return fillsAtOnce && hashCost.isCrowded() ? refuse(crowded()) : check(type);
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

    private String tooLong() {
        return "takes longer to build than " + bytes
                + " bytes are worth: a set or a map of keys that have the same hash"
                + " perhaps, or a readObject of its own; send a list or an array instead";
    }

    private static String tooManyWays() {
        return "holds collections within collections in so many ways that comparing or printing them would not end";
    }

    private static String crowded() {
        return "holds so many different objects of one hash that a set or a map of them would take too long to build;"
                + " send a list or an array instead";
    }

    /** Called for each object, once it is whole and before it is put into another. */
    public void weigh(@Nullable Object object) throws InvalidObjectException {
        if (budget.isSpent()) {
            refuse(tooLong());
            throw new InvalidObjectException("took too long to build");
        }
        if (!hashCost.bears(object)) {
            refuse(tooManyWays());
            throw new InvalidObjectException("too many ways through a collection");
        }
        if (fillsAtOnce && hashCost.isCrowded()) {
            refuse(crowded());
            throw new InvalidObjectException("too many objects of one hash");
        }
    }
}
