package dev.pando.cluster.internal.fabric;

import dev.pando.cluster.internal.fabric.FabricOptions.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;

/** Looks through the files for TLS before the engine does: all that the engine would say is that no member answers. */
final class KeyFiles {
    private KeyFiles() {}

    /**
     * Refuses keys with which no connection can be made.
     *
     * @throws FabricException a file is missing or cannot be read, lacks what belongs into it, or is not valid today
     */
    static void check(Keys keys) throws FabricException {
        check(keys.keyStore(), keys.password(), "key store", true);
        check(keys.trustStore(), keys.password(), "trust store", false);
    }

    private static void check(Path file, String password, String what, boolean own) throws FabricException {
        boolean usable = false;
        try (var in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password.toCharArray());
            List<String> names = Collections.list(store.aliases());
            for (String name : names) {
                usable |= !own || store.isKeyEntry(name);
                if (store.getCertificate(name) instanceof X509Certificate certificate) {
                    certificate.checkValidity();
                }
            }
        } catch (CertificateException expired) {
            throw new FabricException(
                    "a certificate in the " + what + " " + file + " is not valid today: " + expired.getMessage(),
                    expired);
        } catch (NoSuchFileException missing) {
            throw new FabricException("the " + what + " " + file + " is not there", missing);
        } catch (IOException | GeneralSecurityException e) {
            throw new FabricException(
                    "the " + what + " " + file + " cannot be read: " + e.getMessage()
                            + "; it must be a PKCS 12 file, and the password must be its own",
                    e);
        }
        if (!usable) {
            String lacks = own
                    ? " has no key: it must hold the member's own key and certificate"
                    : " has no certificate: it must hold those of the authorities that this member trusts";
            throw new FabricException("the " + what + " " + file + lacks, new java.security.KeyException(lacks));
        }
    }
}
