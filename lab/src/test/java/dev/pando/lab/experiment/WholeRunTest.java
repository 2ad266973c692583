package dev.pando.lab.experiment;

import dev.pando.lab.NoProcessLeft;
import dev.pando.lab.result.ExperimentResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Ten whole runs of the lab, as `./pando lab` makes them: no sentence that its numbers contradict. */
@Tag("trial")
@Tag("alone")
@ExtendWith(NoProcessLeft.class)
class WholeRunTest {

    @RepeatedTest(10)
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void everySentenceAgreesWithItsNumbers() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (Experiment experiment : ExperimentCatalog.all()) {
            ExperimentResult result =
                    experiment.run(new ExperimentContext(ExperimentSize.QUICK, ExperimentProgress.NONE));
            try {
                new SentenceReader(result).readWhole();
            } catch (AssertionError contradiction) {
                wrong.add(experiment.name() + ": " + contradiction.getMessage());
            }
            result.facts().stream()
                    .filter(fact -> !fact.holds())
                    .forEach(fact -> wrong.add(experiment.name() + ": " + fact.claim()));
        }
        Assertions.assertThat(wrong).isEmpty();
    }
}
