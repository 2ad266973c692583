package dev.pando.internal.codec.message;

import dev.pando.internal.codec.policy.CodeOrigin;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Work ready to leave: its bytes, and where its code came from, which is where its result may come from too. The
 * loaders are kept here because they will be asked for classes while the work runs, when the program may have dropped
 * them. What the work took along in shared memory is to be let go once no worker will be given the work again. The
 * template is that of its outermost lambda, if it has one that goes the short way and has but one interface: the same
 * array for all of one class.
 */
@SuppressWarnings("ArrayRecordComponent") // shipped, and never compared
public record PackedWork(
        byte[] bytes,
        CodeOrigin origin,
        Set<ClassLoader> loaders,
        SharedMemory.@Nullable MessageAttachments shared,
        byte @Nullable [] template) {}
