package dev.pando.testkit;

import static dev.pando.testkit.SourceTexts.SHOW;
import static dev.pando.testkit.SourceTexts.SHOWN;
import static dev.pando.testkit.SourceTexts.program;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs that were packed together with Pando, and programs that hold more than one Pando. */
@Timeout(120)
class PackagedProgramTest {
    private static final String MOVED = "shaded/dev/pando";

    private ProgramWorkshop shop;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        shop = new ProgramWorkshop(folder);
    }

    private Path main() {
        return shop.compile("classes", List.of(), shop.write("Main.java", program("Main")));
    }

    /** Unpacks Pando's classes into this folder, without the descriptor, as a plugin that shades does. */
    private Path pandoIn(String folder) throws Exception {
        Path into = Files.createDirectories(shop.at(folder));
        Path jar = shop.pandoJar("origin/pando.jar");
        try (var file = new ZipFile(jar.toFile())) {
            for (var entry : Collections.list(file.entries())) {
                boolean wanted = entry.getName().startsWith("dev/") && !entry.isDirectory();
                if (wanted) {
                    Path to = into.resolve(entry.getName());
                    Files.createDirectories(to.getParent());
                    Files.copy(file.getInputStream(entry), to, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        return into;
    }

    @Test
    void aShadedJar() throws Exception {
        main();
        pandoIn("classes");
        Path jar = shop.jar("all.jar", "Main-Class: Main\n", shop.at("classes"));
        var ran = shop.java("-jar", jar).succeeded();
        assertThat(ran.lines()).isEqualTo(SHOWN);
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void aShadedJarThatMovesPandoToAPackageOfItsOwn() throws Exception {
        main();
        move(pandoIn("classes"));
        assertThat(shop.at("classes/dev")).doesNotExist();
        Path jar = shop.jar("all.jar", "Main-Class: Main\n", shop.at("classes"));
        var ran = shop.java("-jar", jar).succeeded();
        assertThat(ran.lines()).isEqualTo(SHOWN);
        assertThat(ran.err()).isEmpty();
    }

    /** A library that has moved its Pando, in a program that uses another. */
    @Test
    void aMovedPandoBesideAnother() throws Exception {
        shop.compile("classes", List.of(), shop.write("lib/Library.java", program("Library")));
        move(pandoIn("classes"));
        Path library = shop.jar("library.jar", "", shop.at("classes"));
        shop.compile(
                "app",
                List.of("-cp", ProgramWorkshop.pando() + File.pathSeparator + library),
                shop.write("Main.java", program("Main", "Processes.of(2)", SHOW + "Library.main(args);")));
        String path = shop.at("app") + File.pathSeparator + library + File.pathSeparator + shop.pandoJar();
        assertThat(shop.java("-cp", path, "Main").succeeded().lines())
                .containsExactlyElementsOf(
                        Stream.concat(SHOWN.stream(), SHOWN.stream()).toList());
    }

    /** As two plugins have it: each its own jar of Pando, at the same time, and a third is on the class path. */
    @Test
    void threePandosInThreeLoaders() throws Exception {
        Path classes = main();
        shop.pandoJar("one.jar");
        shop.pandoJar("two.jar");
        shop.compile("boot", List.of("-cp", ProgramWorkshop.pando().toString()), shop.write("Boot.java", """
            import java.net.*;
            import java.nio.file.*;
            public class Boot {
                public static void main(String[] args) throws Exception {
                    try (var one = loader("one.jar"); var two = loader("two.jar");
                            var pool = dev.pando.Pool.open(dev.pando.process.Processes.of(1))) {
                        Thread[] threads = {Thread.startVirtualThread(() -> run(one)), Thread.startVirtualThread(() -> run(two))};
                        for (Thread thread : threads) {
                            thread.join();
                        }
                        System.out.println(pool.submit(() -> "third").result());
                    }
                }
                static URLClassLoader loader(String jar) throws Exception {
                    URL[] urls = {Path.of(jar).toUri().toURL(), Path.of("classes").toUri().toURL()};
                    return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
                }
                static void run(ClassLoader loader) {
                    try {
                        loader.loadClass("Main").getMethod("main", String[].class).invoke(null, (Object) new String[0]);
                    } catch (ReflectiveOperationException e) {
                        e.printStackTrace();
                    }
                }
            }
            """));
        assertThat(classes).isDirectory();
        var ran = shop.java("-cp", "boot" + File.pathSeparator + shop.pandoJar("three.jar"), "Boot")
                .succeeded();
        assertThat(ran.err()).isEmpty();
        assertThat(ran.lines())
                .containsExactlyInAnyOrderElementsOf(Stream.of(SHOWN, SHOWN, List.of("third"))
                        .flatMap(List::stream)
                        .toList());
    }

    /** Pando's jar lies inside another, and a loader of the program's own reads it there: no class path can name it. */
    @Test
    void aPandoThatNoClassPathCanNameIsRefusedWithTheWayOut() throws Exception {
        shop.compile("classes", List.of(), shop.write("Main.java", program("Main")));
        shop.pandoJar("pando.jar");
        shop.compile("boot", List.of("-cp", "."), shop.write("Boot.java", """
            import java.io.*;
            import java.util.zip.*;
            public class Boot extends ClassLoader {
                Boot() { super(getPlatformClassLoader()); }
                protected Class<?> findClass(String name) throws ClassNotFoundException {
                    String path = name.replace('.', '/') + ".class";
                    try (ZipFile jar = new ZipFile("pando.jar")) {
                        ZipEntry entry = jar.getEntry(path);
                        InputStream in = entry == null ? new FileInputStream("classes/" + path) : jar.getInputStream(entry);
                        byte[] file = in.readAllBytes();
                        return defineClass(name, file, 0, file.length);
                    } catch (IOException e) {
                        throw new ClassNotFoundException(name, e);
                    }
                }
                public static void main(String[] args) throws Exception {
                    try {
                        new Boot().loadClass("Main").getMethod("main", String[].class).invoke(null, (Object) args);
                    } catch (java.lang.reflect.InvocationTargetException e) {
                        System.out.println(e.getCause());
                    }
                }
            }
            """));
        assertThat(shop.java("-cp", "boot", "Boot").succeeded().lines())
                .singleElement()
                .asString()
                .startsWith("java.lang.IllegalStateException: worker processes need Pando as a jar or a directory")
                .endsWith("unpack the jar that contains it");
    }

    /** What relocation does: every name of a class, a package or a method type in a class file, texts included. */
    private static void move(Path classes) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(classes)) {
            files = all.filter(file -> file.toString().endsWith(".class")).toList();
        }
        for (Path file : files) {
            Files.write(file, moved(Files.readAllBytes(file)));
        }
        Files.createDirectories(classes.resolve(MOVED).getParent());
        Files.move(classes.resolve("dev/pando"), classes.resolve(MOVED));
        Files.delete(classes.resolve("dev"));
    }

    private static byte[] moved(byte[] file) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(file));
                DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(in.readInt());
            out.writeInt(in.readInt());
            int constants = in.readUnsignedShort();
            out.writeShort(constants);
            for (int i = 1; i < constants; i++) {
                int tag = in.readUnsignedByte();
                out.writeByte(tag);
                switch (tag) {
                    case 1 ->
                        out.writeUTF(in.readUTF()
                                .replaceAll("dev/pando\\b", MOVED)
                                .replaceAll("\\bdev\\.pando\\b", MOVED.replace('/', '.')));
                    case 5, 6 -> {
                        out.writeLong(in.readLong());
                        i++; // such a constant counts for two
                    }
                    case 7, 8, 16, 19, 20 -> out.writeShort(in.readUnsignedShort());
                    case 15 -> {
                        out.writeByte(in.readUnsignedByte());
                        out.writeShort(in.readUnsignedShort());
                    }
                    default -> out.writeInt(in.readInt());
                }
            }
            in.transferTo(out);
        }
        return bytes.toByteArray();
    }
}
