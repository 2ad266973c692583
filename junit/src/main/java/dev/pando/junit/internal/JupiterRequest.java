package dev.pando.junit.internal;

import dev.pando.junit.internal.worker.JupiterEngine;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.EngineDiscoveryListener;
import org.junit.platform.engine.EngineDiscoveryRequest;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.discovery.UniqueIdSelector;

/**
 * The launcher's request, as Jupiter gets it from our engine: without the classes that have nothing isolated, so that
 * they are not looked through twice, and without the listener, so that what Jupiter has to say is not said twice.
 *
 * @param request what to ask Jupiter
 * @param selectors what it asks for
 */
record JupiterRequest(EngineDiscoveryRequest request, List<DiscoverySelector> selectors) {

    static JupiterRequest of(EngineDiscoveryRequest original, UniqueId root) {
        List<DiscoverySelector> selectors = new ArrayList<>();
        for (DiscoverySelector selector : original.getSelectorsByType(DiscoverySelector.class)) {
            if (selector instanceof UniqueIdSelector byId) {
                selectors.add(DiscoverySelectors.selectUniqueId(ours(byId.getUniqueId(), root)));
            } else if (!(selector instanceof ClassSelector byClass) || mayHaveUnits(byClass)) {
                selectors.add(selector);
            }
        }
        // A proxy, because the interface has grown from version to version, and each has to be passed on whole.
        EngineDiscoveryRequest request = (EngineDiscoveryRequest) Proxy.newProxyInstance(
                EngineDiscoveryRequest.class.getClassLoader(),
                new Class<?>[] {EngineDiscoveryRequest.class},
                (_, method, arguments) -> answer(original, selectors, method, arguments));
        return new JupiterRequest(request, selectors);
    }

    boolean isEmpty() {
        return selectors.isEmpty();
    }

    Set<UniqueId> uniqueIds() {
        return selectors.stream()
                .filter(UniqueIdSelector.class::isInstance)
                .map(selector -> ((UniqueIdSelector) selector).getUniqueId())
                .collect(Collectors.toSet());
    }

    private static Object answer(
            EngineDiscoveryRequest original, List<DiscoverySelector> selectors, Method method, Object[] arguments)
            throws Throwable {
        switch (method.getName()) {
            case "getSelectorsByType" -> {
                Class<?> type = (Class<?>) arguments[0];
                return selectors.stream().filter(type::isInstance).toList();
            }
            case "getDiscoveryListener" -> {
                return EngineDiscoveryListener.NOOP;
            }
            default -> {
                try {
                    return method.invoke(original, arguments);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            }
        }
    }

    /** An id that was noted before the test was isolated names Jupiter. */
    private static UniqueId ours(UniqueId id, UniqueId root) {
        UniqueId.Segment first = id.getSegments().get(0);
        if (!first.getValue().equals(JupiterEngine.JUPITER)) {
            return id;
        }
        UniqueId renamed = root;
        for (UniqueId.Segment segment :
                id.getSegments().subList(1, id.getSegments().size())) {
            renamed = renamed.append(segment);
        }
        return renamed;
    }

    private static boolean mayHaveUnits(ClassSelector selector) {
        try {
            return UnitFinder.mayHaveUnits(selector.getJavaClass());
        } catch (RuntimeException | LinkageError e) {
            return true; // Jupiter knows better what to say of it
        }
    }
}
