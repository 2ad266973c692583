package dev.pando.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Reads the version from {@code version.properties}, because a lab run from classes has no jar manifest. */
final class VersionReader implements IVersionProvider {
    static String pando() {
        try (var file = VersionReader.class.getResourceAsStream("version.properties")) {
            if (file == null) {
                throw new IllegalStateException(
                        "version.properties is missing beside " + VersionReader.class.getName());
            }
            var properties = new Properties();
            properties.load(file);
            return properties.getProperty("version", "unknown");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public String[] getVersion() {
        return new String[] {"pando " + pando()};
    }
}
