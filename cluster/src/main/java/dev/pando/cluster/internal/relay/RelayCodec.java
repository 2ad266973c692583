package dev.pando.cluster.internal.relay;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.shipping.LoaderTable;
import dev.pando.shipping.ShippingCodec;
import java.util.HashMap;
import java.util.Map;

/**
 * The codec of one program's tasks in one worker. It hangs on the program's own anchor class, so that it goes when the
 * classes of the program go. Any thread may use it.
 */
final class RelayCodec implements LoaderTable {
    private static final ClassValue<RelayCodec> OF_ANCHOR = new ClassValue<>() {
        @Override
        protected RelayCodec computeValue(Class<?> anchor) {
            return new RelayCodec(java.util.Objects.requireNonNull(anchor.getClassLoader()));
        }
    };

    private final ClassLoader home;
    private final ShippingCodec codec;

    @GuardedBy("this")
    private final Map<ClassLoader, Integer> numbers = new HashMap<>();

    private RelayCodec(ClassLoader home) {
        this.home = home;
        this.codec = ShippingCodec.ofWorker(this, home);
    }

    static RelayCodec of(Object anchor) {
        return OF_ANCHOR.get(anchor.getClass());
    }

    ClassLoader home() {
        return home;
    }

    ShippingCodec codec() {
        return codec;
    }

    private synchronized int number(ClassLoader loader) {
        Integer known = numbers.get(loader);
        if (known == null) {
            known = LoaderAnchor.numberOf(loader);
            numbers.put(loader, known);
        }
        return known;
    }

    @Override
    public int numberOf(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        boolean everywhere = loader == null
                || loader == home
                || loader == ClassLoader.getPlatformClassLoader()
                || loader == RelayCodec.class.getClassLoader();
        return everywhere ? 0 : number(loader);
    }

    @Override
    public ClassLoader numbered(int number) throws ClassNotFoundException {
        return java.util.Objects.requireNonNull(
                Class.forName(LoaderAnchor.NUMBERED + number, false, home).getClassLoader());
    }
}
