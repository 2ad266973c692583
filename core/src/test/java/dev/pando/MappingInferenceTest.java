package dev.pando;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Which maps the compiler understands without a type said by the user. The receiver of a further call is typed before
 * anything else is known, so a lambda without types infers only where its choices are an argument.
 */
@Timeout(600) // the compiler takes seconds, and minutes where others have the processors
class MappingInferenceTest {
    private static final String AROUND = """
        import dev.pando.*;
        import java.util.*;
        import java.util.stream.*;

        class NAME {
            record Page(String address) {}

            static class Pages {
                static Page load(String address) throws java.io.IOException { return new Page(address); }
                static Page read(String address) { return new Page(address); }
                static Page read(Integer number) { return new Page("page " + number); }
            }

            static void compiles(Pool pool, Submitter patient, List<String> list, Stream<String> stream) {
                STATEMENT
            }
        }
        """;

    private static final List<String> INFERRED =
            """
            // a method of one meaning says its types itself
            List<Outcome<Page>> all = stream.gather(pool.mapping(Pages::load).outcomes()).toList();
            var mapping = pool.mapping(Pages::load).outcomes(); List<Outcome<Page>> all = mapping.over(list).toList();
            var all = stream.gather(pool.mapping(Pages::load).unordered().outcomes()).map(o -> o.isSuccess());
            List<Outcome<Page>> all = pool.mapping(Pages::load).window(9).outcomes().over(list).toList();
            List<Outcome<Page>> all = patient.mapping(Pages::load).outcomes().over(stream).toList();
            List<Outcome<Integer>> all = stream.gather(pool.mapping(String::length).outcomes()).toList();
            // so does a lambda with the type of its parameter
            List<Outcome<Page>> all = stream.gather(pool.mapping((String a) -> Pages.read(a)).outcomes()).toList();
            var mapping = pool.mapping((String a) -> Pages.read(a)).outcomes(); mapping.over(list).toList();
            // without a further call, the stream says the type
            List<Page> all = stream.gather(pool.mapping(a -> Pages.read(a))).toList();
            List<Page> all = stream.gather(pool.mapping(Pages::read)).toList();
            // and with the further calls in an argument it does so too
            List<Outcome<Page>> all = stream.gather(pool.mapping(a -> Pages.read(a), m -> m.outcomes())).toList();
            List<Outcome<Page>> all = stream.gather(pool.mapping(a -> Pages.read(a), Mapping::outcomes)).toList();
            List<Outcome<Page>> all = stream.gather(pool.mapping(Pages::read, m -> m.outcomes())).toList();
            List<Outcome<Page>> all = stream.gather(pool.mapping(Pages::read, Mapping::outcomes)).toList();
            Stream<Outcome<Page>> all = stream.gather(pool.mapping(a -> Pages.read(a), m -> m.chunk(7).outcomes()));
            List<Page> all = stream.gather(patient.mapping(a -> Pages.read(a), m -> m.window(7))).toList();
            var all = stream.gather(pool.mapping(a -> Pages.read(a), Mapping::unordered)).map(Page::address).toList();
            List<Outcome<String>> all = stream.gather(pool.mapping(String::toUpperCase, Mapping::outcomes)).toList();
            List<Outcome<Integer>> all = Stream.of(1, -2).gather(pool.mapping(Math::abs, Mapping::outcomes)).toList();
            Mapping<String, Outcome<Page>> mapping = pool.mapping(a -> Pages.read(a), m -> m.outcomes());
            """.lines().filter(line -> !line.startsWith("//")).toList();

    @Test
    void aMapInfersItsTypes(@TempDir Path classes) {
        Map<String, String> sources = new LinkedHashMap<>();
        for (String statement : INFERRED) {
            String name = "Inferred" + sources.size();
            sources.put(name, AROUND.replace("NAME", name).replace("STATEMENT", statement));
        }
        Map<String, List<String>> complaints =
                SnippetCompiler.complaints(sources, classes, "-cp", System.getProperty("java.class.path"));
        complaints.forEach(
                (name, lines) -> assertThat(lines).as(sources.get(name)).isEmpty());
    }
}
