package dev.pando.cluster;

import dev.pando.cluster.internal.fabric.FabricOptions.Keys;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The keys of a program or a node: its own key and certificate, and the authorities whose certificates it trusts. Both
 * sides of a connection show a certificate. Immutable.
 */
public final class Tls {
    private final Keys keys;

    private Tls(Keys keys) {
        this.keys = keys;
    }

    /**
     * Returns these keys. The files are read when the pool is opened.
     *
     * @param keyStore a PKCS 12 file with the key and the certificate
     * @param trustStore a PKCS 12 file with the certificates of the authorities
     * @param password of both files
     */
    public static Tls of(Path keyStore, Path trustStore, String password) {
        return new Tls(new Keys(
                Objects.requireNonNull(keyStore, "keyStore must not be null"),
                Objects.requireNonNull(trustStore, "trustStore must not be null"),
                Objects.requireNonNull(password, "password must not be null")));
    }

    Keys keys() {
        return keys;
    }

    @Override
    public String toString() {
        return "Tls.of(" + keys.keyStore() + ", " + keys.trustStore() + ", ...)";
    }
}
