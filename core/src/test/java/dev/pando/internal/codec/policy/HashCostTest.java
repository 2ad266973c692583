package dev.pando.internal.codec.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.internal.codec.Codec;
import dev.pando.spi.UnsendableException;
import dev.pando.spi.UnsendableException.Direction;
import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Few bytes with few objects, and more paths through them than a program can walk. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HashCostTest {
    private static final ResultPolicy CUSTOMS = new ResultPolicy(CodeOrigin.NONE, ClassPatterns.NOTHING);
    private static final int LEVELS = 100;

    private static Object arrive(Object result) throws UnsendableException {
        byte[] bytes = new Codec().encode(result, Direction.RESULT);
        return new Codec().decode(bytes, 0, bytes.length, Direction.RESULT, CUSTOMS);
    }

    private static void isRefused(Object result) {
        assertThatThrownBy(() -> arrive(result))
                .isInstanceOf(UnsendableException.class)
                .hasMessageStartingWith("holds collections within collections in so many ways");
    }

    /** Two sets a level, each holding both of the next, outermost first. A set is filled after its parents are. */
    @Test
    void setsWithinSets() {
        Set<Object> root = new HashSet<>();
        Set<Object> one = root;
        Set<Object> other = new LinkedHashSet<>();
        for (int i = 0; i < LEVELS; i++) {
            Set<Object> below = new HashSet<>(Set.of("differs from the other"));
            Set<Object> besides = new LinkedHashSet<>();
            for (Set<Object> set : List.of(one, other)) {
                Collections.addAll(set, below, besides);
            }
            one = below;
            other = besides;
        }
        isRefused(root);
    }

    @Test
    void optionalsOfListsOfOptionals() {
        Object nest = "bottom";
        for (int i = 0; i < LEVELS; i++) {
            Object below = nest;
            nest = Optional.of(new ArrayList<>(List.of(below, below)));
        }
        isRefused(nest);
    }

    /** Built from the bottom, so that no object is nested deeper than twice when it is read. */
    @Test
    void listsOneAfterTheOtherAndThenASet() {
        List<Object> levels = new ArrayList<>(List.of("bottom"));
        for (int i = 0; i < LEVELS; i++) {
            levels.add(new ArrayList<>(List.of(levels.getLast(), levels.getLast())));
        }
        Collection<Object> last = new ArrayList<>();
        Set<Object> hashed = new HashSet<>();
        hashed.add(last);
        last.add(levels.getLast());
        isRefused(new Object[] {levels.toArray(), hashed});
        isRefused(levels);
    }

    @Test
    void mapsAndEntries() {
        Object map = "bottom";
        Object entry = "bottom";
        for (int i = 0; i < LEVELS; i++) {
            Map<Object, Object> next = i % 2 == 0 ? new ConcurrentHashMap<>() : new HashMap<>();
            next.put("a", map);
            next.put("b", map);
            map = Collections.unmodifiableMap(next);
            entry = new SimpleEntry<>(entry, entry);
        }
        isRefused(map);
        isRefused(new Object[] {entry});
    }

    @Test
    void copiesOfCopies() {
        Object copies = Collections.nCopies(10_000, Collections.nCopies(10_000, "x"));
        isRefused(copies);
        assertThatThrownBy(() -> arrive(Collections.nCopies(Integer.MAX_VALUE, "x")))
                .hasMessageStartingWith("claims arrays of 2147483647 elements");
    }

    @Test
    void whatIsSharedAsDataIsSharedIsLetIn() throws Exception {
        List<Integer> row = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            row.add(i);
        }
        List<List<Integer>> matrix = new ArrayList<>(Collections.nCopies(1000, row));
        assertThat(arrive(matrix)).isEqualTo(matrix);
        Object deep = 1;
        for (int i = 0; i < 200; i++) {
            deep = Map.of("left", deep, "right", Set.of(deep.hashCode()));
        }
        assertThat(arrive(deep)).isEqualTo(deep);
        List<Object> circle = new ArrayList<>();
        circle.add(circle);
        circle.add(Collections.unmodifiableCollection(circle));
        assertThat((List<?>) arrive(circle)).hasSize(2);
    }
}
