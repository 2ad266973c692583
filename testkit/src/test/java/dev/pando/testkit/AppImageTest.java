package dev.pando.testkit;

import static dev.pando.testkit.SourceTexts.SHOW;
import static dev.pando.testkit.SourceTexts.SHOWN;
import static dev.pando.testkit.SourceTexts.program;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A program that jpackage has made: a launcher, the jars, and a runtime of its own. */
@Tag("full") // links two runtimes
@Timeout(300)
@EnabledOnOs(OS.LINUX)
class AppImageTest {
    private ProgramWorkshop shop;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        assumeTrue(ToolProvider.findFirst("jpackage").isPresent(), "this JDK has jpackage");
        shop = new ProgramWorkshop(folder);
    }

    /** Returns the launcher of an image of this program. */
    private String image(String body, String... options) throws Exception {
        Path classes = shop.compile("classes", List.of(), shop.write("Main.java", body));
        shop.pandoJar("input/pando.jar");
        shop.jar("input/program.jar", "", classes);
        List<String> arguments = new ArrayList<>(List.of(
                "--type",
                "app-image",
                "--name",
                "shop",
                "--input",
                shop.at("input").toString(),
                "--main-jar",
                "program.jar",
                "--main-class",
                "Main",
                "--add-modules",
                "java.base,java.logging,java.management,jdk.management,jdk.jfr",
                "--dest",
                shop.at("image").toString()));
        arguments.addAll(List.of(options));
        ProgramWorkshop.call("jpackage", arguments);
        return shop.at("image/shop/bin/shop").toString();
    }

    @Test
    void anImageThatKeepsItsJavaHasWorkers() throws Exception {
        String launcher = image(program("Main"), "--jlink-options", "--no-man-pages --no-header-files");
        assertThat(shop.run(List.of(launcher), "").succeeded().lines()).isEqualTo(SHOWN);
    }

    /** jpackage leaves it out unless it is told not to. */
    @Test
    void anImageWithoutJavaIsRefusedWhenThePoolOpensWithTheWayOut() throws Exception {
        String launcher = image(program("Main", "Processes.of(2)", SHOW));
        var ran = shop.run(List.of(launcher), "");
        assertThat(ran.exit()).isNotZero();
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .contains("IllegalStateException: worker processes need a java to run, and this runtime has none")
                .contains("lib/runtime/bin/java cannot be executed", "--jlink-options", "Processes.java(path)");
    }
}
