package dev.pando.testkit;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The pools of one class start their workers without an archive of classes. For tests whose workers die before they are
 * ready: a pool then deletes the archive that these may have died of, and the tests after it and in other JVMs would go
 * on without.
 */
final class WithoutArchive implements BeforeAllCallback, AfterAllCallback {
    private static final String FOLDER = "pando.cache";

    private String before;

    @Override
    public void beforeAll(ExtensionContext context) {
        before = System.setProperty(FOLDER, "off");
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (before == null) {
            System.clearProperty(FOLDER);
        } else {
            System.setProperty(FOLDER, before);
        }
    }
}
