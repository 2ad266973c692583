package dev.pando.lab.report;

import dev.pando.lab.result.Chart;
import dev.pando.lab.result.Machine;
import dev.pando.lab.result.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The results of a machine, and the forms in which they can be written. */
public record Report(Machine machine, List<Result> results) {

    public Report {
        results = List.copyOf(results);
    }

    public void writePage(Path file) throws IOException {
        write(file, new Page(this).html());
    }

    public void writeTrace(Path file) throws IOException {
        write(file, new Trace(results).json());
    }

    public void writeNumbers(Path file) throws IOException {
        write(file, new Numbers(this).json());
    }

    /** Writes each chart and each timeline to a separate file. Returns the number of files. */
    public int writeFigures(Path folder) throws IOException {
        int written = 0;
        for (Result result : results) {
            int number = 0;
            for (Chart chart : result.charts()) {
                number++;
                String name = result.name() + (number == 1 ? "" : "-" + number);
                write(folder.resolve(name + ".svg"), new ChartSvg(chart).alone());
                written++;
            }
            if (!result.timeline().isEmpty()) {
                write(folder.resolve(result.name() + "-timeline.svg"), new TimelineSvg(result.name(), result.timeline()).alone());
                written++;
            }
        }
        return written;
    }

    private static void write(Path file, String text) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.writeString(file, text);
    }
}
