// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.app;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.testkit.recording.LaterVersion;
import dcos.metrics.testkit.recording.ReleasedRecording;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The files that the window writes: exports, and a recording. */
class AppControllerFilesTest extends WindowlessApp {
  @Test
  void exportsWhatTheFilterShowsOfALiveCapture() throws Exception {
    make(Map.of());
    capture(300);
    on(() -> run(() -> workbench.model().filter().filterBy("name:cpu tag.n:29")));
    await("some", () -> count() == 13);
    Path file = temp.resolve("some.csv");

    on(() -> run(() -> workbench.export(file)));

    await("the end", () -> notice().equals("Exported 13 records to " + file));
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(14);
    assertThat(lines.get(1)).contains(",web,n=29,cpu,1029,14.5,accepted,");
    assertThat(lines.getLast()).contains(",web,n=299,cpu,1299,149.5,accepted,");
    Path next = temp.resolve("next.csv");
    on(() -> run(() -> workbench.export(next)));
    await("the next", () -> notice().equals("Exported 13 records to " + next));
  }

  @Test
  void reportsWhatEndsOfNamesItUnderstands() throws Exception {
    Path file = Files.write(temp.resolve("some.avro"), container(3));
    make(Map.of());
    on(() -> run(() -> workbench.open(List.of(file))));

    on(() -> run(() -> workbench.export(temp.resolve("some.txt"))));

    assertThat(notice())
        .isEqualTo(
            "Cannot export to "
                + temp.resolve("some.txt")
                + ": its name must end with .csv or .jsonl");
  }

  @Test
  void reportsEventsOfANewerVersionWhereTheyCannotBeShownOrSaved() throws Exception {
    List<Path> files = new ArrayList<>();
    for (String name : List.of("limits-input", "limits-output")) {
      byte[] later =
          LaterVersion.ADDED_EVENTS.rewritten(new ReleasedRecording("0.1.0", name).file());
      files.add(Files.write(temp.resolve(name + ".avro"), later));
    }
    make(Map.of());
    on(() -> run(() -> workbench.open(files)));

    String skipped = "66 events of a newer version";
    await("the status bar", () -> status().contains("· " + skipped + " skipped"));
    assertThat(status()).startsWith("received 200 = dry-run 80 + throttled 120 + held 0 ");
    Path file = temp.resolve("saved.avro");
    on(() -> run(() -> workbench.save(file)));

    await(
        "the end",
        () ->
            notice()
                .equals("Saved 200 records to " + file + "; " + skipped + " could not be saved"));
  }

  @Test
  void savesALiveCaptureThatOpensAgain() throws Exception {
    make(Map.of());
    capture(300);
    on(() -> run(() -> workbench.capture(false)));
    await("all dry", () -> status().equals("received 300 = dry-run 300 + held 0"));
    Path file = temp.resolve("saved.avro");

    on(() -> run(() -> workbench.save(file)));
    await("the end", () -> notice().equals("Saved 300 records to " + file));
    on(() -> run(() -> workbench.open(List.of(file))));

    await("the same", () -> status().equals("received 300 = dry-run 300 + held 0"));
    await("its rows", () -> count() == 300);
    on(() -> run(() -> workbench.save(file)));
    assertThat(notice()).contains("Cannot save " + file + ": it is open here, choose another name");
  }
}
