package dev.pando;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** The classes of this module without its tests, as the rules of architecture see them. */
final class CoreClasses {
    static final Path MAIN = mainClasses();
    static final JavaClasses CORE = new ClassFileImporter().importPath(MAIN);

    private CoreClasses() {}

    /** Passes packages that do not exist yet, because a rule may stand before its package does. */
    static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(CORE);
    }

    private static Path mainClasses() {
        try {
            return Path.of(Pool.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
