// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.app;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.inspector.preferences.Preferences;
import dcos.metrics.inspector.workspace.NoticesModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is asked before records that were captured are lost. */
class AppControllerQuestionTest extends WindowlessApp {
  @Test
  void leavesWhatIsOpenForTheStartPageAndAsksBeforeRecordsAreLost() throws Exception {
    make(Map.of());
    on(() -> run(() -> workbench.openSample()));
    await("the sample", () -> count() > 0 && !sources().isEmpty() && !status().isEmpty());
    on(() -> run(() -> workbench.model().tables().records().window().select(7)));
    on(() -> run(() -> workbench.model().filter().filterBy("topic:web")));

    on(() -> run(workbench::startPage));

    assertThat(on(() -> workbench.model().shown().recordingProperty().get())).isFalse();
    assertThat(title()).isEmpty();
    assertThat(count()).isZero();
    assertThat(sources() + status()).isEmpty();
    assertThat(on(() -> workbench.model().filter().textProperty().get())).isEmpty();
    assertThat(on(() -> workbench.model().detail().subjectProperty().get() == null)).isTrue();
    capture(20);

    on(() -> run(workbench::startPage));

    assertThat(labels()).containsExactly("Save first", "Discard and go to the start page");
    assertThat(count()).isEqualTo(20);
    on(() -> run(() -> answer("Discard and go to the start page")));
    assertThat(on(() -> workbench.model().shown().recordingProperty().get())).isFalse();
    assertThat(on(() -> workbench.model().shown().capturingProperty().get())).isFalse();
    assertThat(notice()).isEmpty();
    on(() -> run(() -> workbench.openSample()));
    await("the sample again", () -> count() > 20);
  }

  @Test
  void savesFirstWhereRecordsWouldBeLost() throws Exception {
    Path file = Files.write(temp.resolve("some.avro"), container(300));
    Path saved = temp.resolve("saved.avro");
    make(Map.of());
    capture(20);
    on(() -> run(() -> workbench.model().shown().setSaveChooser(() -> workbench.save(saved))));
    on(() -> run(() -> workbench.open(List.of(file))));
    assertThat(labels()).containsExactly("Save first", "Discard and open some.avro");

    on(() -> run(() -> answer("Save first")));

    await("saved", () -> notice().equals("Saved 20 records to " + saved));
    on(() -> run(() -> workbench.open(List.of(file))));
    await("the file", () -> count() == 300);
    assertThat(notice()).isEmpty();
  }

  @Test
  void asksWhatIsToBecomeOfRecordsByWhatFollows() throws Exception {
    make(Map.of());
    capture(20);
    on(() -> run(() -> workbench.capture(false)));

    on(() -> run(() -> workbench.capture(true)));
    assertThat(labels()).containsExactly("Save first", "Discard and capture");
    on(() -> run(workbench::openSample));
    assertThat(labels()).containsExactly("Save first", "Discard and open the sample");
    assertThat(on(() -> workbench.mayClose(() -> {}))).isFalse();
    assertThat(labels()).containsExactly("Save first", "Discard and close");

    assertThat(on(() -> workbench.model().closeTopMost())).isTrue();
    assertThat(notice()).isEmpty();
    assertThat(count()).isEqualTo(20);
  }

  @Test
  void reportsWhatWouldBeLostBeforeAnotherTakesTheWindow() throws Exception {
    Path file = Files.write(temp.resolve("some.avro"), container(300));
    make(Map.of());
    capture(20);

    on(() -> run(() -> workbench.open(List.of(file))));

    NoticesModel.WindowNotice said = on(() -> workbench.model().notices().all().getFirst());
    assertThat(said.text()).isEqualTo("20 records captured here would be lost");
    assertThat(count()).isEqualTo(20);
    assertThat(on(() -> workbench.mayClose(() -> {}))).isFalse();
    assertThat(on(() -> workbench.model().start().recent())).isEmpty();

    on(() -> run(() -> workbench.save(temp.resolve("saved.avro"))));
    await("saved", () -> workbench.mayClose(() -> {}));
    assertThat(on(() -> workbench.model().start().recent()))
        .containsExactly(temp.resolve("saved.avro"));
    assertThat(Preferences.load(temp.resolve("remembered.properties")).recent())
        .as("known to the next start, however this one ends")
        .containsExactly(temp.resolve("saved.avro"));
    send(container(1));
    await("one more", () -> count() == 21);
    on(() -> run(() -> workbench.open(List.of(file))));
    NoticesModel.WindowNotice again = on(() -> workbench.model().notices().all().getLast());
    assertThat(again.text()).startsWith("1 record captured here would be lost");

    on(() -> run(() -> again.actions().getLast().run().run()));

    await("the file", () -> count() == 300);
    assertThat(on(() -> workbench.mayClose(() -> {}))).isTrue();
  }
}
