package dev.pando.lab.report;

import dev.pando.lab.language.MessageBook;
import dev.pando.lab.result.ChartData;
import dev.pando.lab.result.ExperimentResult;
import dev.pando.lab.result.MachineInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The results of a machine, and the forms in which they can be written. */
public record LabReport(MachineInfo machineInfo, List<ExperimentResult> results, MessageBook messages) {

    public LabReport {
        results = List.copyOf(results);
    }

    public LabReport(MachineInfo machineInfo, List<ExperimentResult> results) {
        this(machineInfo, results, MessageBook.ENGLISH);
    }

    public void writePage(Path file) throws IOException {
        write(file, new ReportPage(this).html());
    }

    public void writeTrace(Path file) throws IOException {
        write(file, new TraceFile(results).json());
    }

    public void writeNumbers(Path file) throws IOException {
        write(file, new NumbersFile(this).json());
    }

    /** Writes each chart and each timeline to a separate file. Returns the number of files. */
    public int writeFigures(Path folder) throws IOException {
        int written = 0;
        for (ExperimentResult experimentResult : results) {
            int number = 0;
            for (ChartData chartData : experimentResult.charts()) {
                number++;
                String name = experimentResult.name() + (number == 1 ? "" : "-" + number);
                write(folder.resolve(name + ".svg"), new ChartSvg(chartData, messages).alone());
                written++;
            }
            if (!experimentResult.timeline().isEmpty()) {
                write(
                        folder.resolve(experimentResult.name() + "-timeline.svg"),
                        TimelineSvg.wide(experimentResult.name(), experimentResult.timeline(), messages)
                                .alone());
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
