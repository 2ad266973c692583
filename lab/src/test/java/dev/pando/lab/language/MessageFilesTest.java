package dev.pando.lab.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.lab.experiment.Experiment;
import dev.pando.lab.experiment.ExperimentCatalog;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The message files have every message in both languages, with the same places, and none that the lab does not say. */
class MessageFilesTest {
    private static final Path FOLDER = Path.of("src/main/resources/dev/pando/lab/language");
    private static final Path SOURCES = Path.of("src/main");
    private static final Pattern PLACE = Pattern.compile("%(?:(\\d+)\\$)?(?:\\.\\d)?([sdf%])");

    static List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(FOLDER)) {
            return all.map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith("_ko.properties"))
                    .map(name -> name.replace(".properties", ""))
                    .sorted()
                    .toList();
        }
    }

    private static Map<String, String> read(String name) throws IOException {
        Properties all = new Properties();
        try (Reader file = Files.newBufferedReader(FOLDER.resolve(name + ".properties"))) {
            all.load(file);
        }
        Map<String, String> messages = new TreeMap<>();
        all.stringPropertyNames().forEach(key -> messages.put(key, all.getProperty(key)));
        return messages;
    }

    /** Returns what stands in the places of a message, in the order of the values. */
    private static Map<Integer, String> places(String message) {
        Map<Integer, String> places = new TreeMap<>();
        int next = 1;
        for (MatchResult place : PLACE.matcher(message).results().toList()) {
            if (!place.group(2).equals("%")) {
                places.put(place.group(1) == null ? next++ : Integer.parseInt(place.group(1)), place.group(2));
            }
        }
        return places;
    }

    @Test
    void everyExperimentHasAFile() throws IOException {
        assertThat(files())
                .containsAll(
                        ExperimentCatalog.all().stream().map(Experiment::name).toList())
                .hasSize(ExperimentCatalog.all().size() + 5);
    }

    @ParameterizedTest
    @MethodSource("files")
    void bothLanguagesHaveTheSameMessages(String file) throws IOException {
        assertThat(read(file + "_ko").keySet()).isEqualTo(read(file).keySet());
    }

    @ParameterizedTest
    @MethodSource("files")
    void bothLanguagesHaveTheSamePlaces(String file) throws IOException {
        Map<String, String> korean = read(file + "_ko");
        read(file)
                .forEach((key, english) -> assertThat(places(korean.getOrDefault(key, "")))
                        .as(file + "." + key)
                        .isEqualTo(places(english)));
    }

    @ParameterizedTest
    @MethodSource("files")
    void koreanIsKoreanAndEnglishIsEnglish(String file) throws IOException {
        Pattern letters = Pattern.compile("[가-힣]");
        read(file).values().forEach(english -> assertThat(english).doesNotContainPattern(letters));
        read(file + "_ko").forEach((key, korean) -> {
            String words = korean.replaceAll("%(?:\\d+\\$)?(?:\\.\\d)?[sdf]", "");
            if (Pattern.compile("[a-z]{3}").matcher(words).find()) {
                assertThat(korean).as(file + "." + key).containsPattern(letters);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("files")
    void particlesAreOnesThatAreChosen(String file) throws IOException {
        read(file + "_ko")
                .forEach((key, korean) -> assertThat(KoreanParticle.chosen(korean))
                        .as(file + "." + key)
                        .doesNotContainPattern("\\{[가-힣]+/[가-힣]+}"));
    }

    @Test
    void aLabelIsFoundByWhatItSays() throws IOException {
        read("labels")
                .forEach(
                        (key, english) -> assertThat(MessageBook.keyOf(english)).isEqualTo(key));
    }

    @Test
    void everyMessageIsSaid() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> sources = Files.walk(SOURCES)) {
            for (Path source : sources.filter(file -> file.toString().matches(".*\\.(java|html)"))
                    .toList()) {
                all.append(Files.readString(source));
            }
        }
        List<String> unsaid = new ArrayList<>();
        for (String file : files()) {
            for (String key : read(file).keySet()) {
                boolean computed = file.equals("labels")
                        || key.equals("question")
                        || key.startsWith("label.")
                        || key.startsWith("kind.");
                String whole = file + "." + key;
                if (!computed && !all.toString().contains(whole)) {
                    unsaid.add(whole);
                }
            }
        }
        assertThat(unsaid).isEmpty();
    }

    @Test
    void everyKeyInTheSourcesIsAMessage() throws IOException {
        Pattern key = Pattern.compile(
                "\"((?:" + String.join("|", files()) + ")\\.[a-z0-9.-]*[a-z0-9])\"|@\\{([a-z]+\\.[a-z0-9.-]+)}");
        List<String> unknown = new ArrayList<>();
        int found = 0;
        try (Stream<Path> sources = Files.walk(SOURCES)) {
            for (Path source : sources.filter(file -> file.toString().matches(".*\\.(java|html)"))
                    .toList()) {
                for (MatchResult said :
                        key.matcher(Files.readString(source)).results().toList()) {
                    found++;
                    String name = said.group(1) == null ? said.group(2) : said.group(1);
                    if (!MessageBook.ENGLISH.has(name)) {
                        unknown.add(source + ": " + name);
                    }
                }
            }
        }
        assertThat(unknown).isEmpty();
        assertThat(found).isGreaterThan(200);
    }
}
