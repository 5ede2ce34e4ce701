// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.replay;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** The panel that sends files again: what, how fast, where to, and how far it is. */
public final class ReplayModel {
  /** How fast. */
  public enum ReplaySpeed {
    /** As it came in. */
    OWN,
    /** So many times faster. */
    FASTER,
    /** As fast as it goes. */
    MAX
  }

  /** Where to. */
  public enum ReplayTarget {
    /** This window's own pipeline. */
    WINDOW,
    /** A collector elsewhere. */
    HOST
  }

  /**
   * What is asked for.
   *
   * @param speed a number, or {@code max}
   * @param host as it was typed; of no meaning for {@link ReplayTarget#WINDOW}
   * @param kafka whether this window's pipeline is to send to Kafka; else it runs dry
   */
  public record ReplayRequest(
      List<Path> files, String speed, ReplayTarget target, String host, boolean kafka) {
    public ReplayRequest {
      files = List.copyOf(files);
    }
  }

  /** Who sends. Called on the FX thread; tells the model on that thread too. */
  public interface ReplayRunner {
    /** Begins, or says in one line why it can not. */
    Optional<String> start(ReplayRequest asked);

    void stop();
  }

  private final BooleanProperty shown = new SimpleBooleanProperty();
  private final ObservableList<Path> files = FXCollections.observableArrayList();
  private final ObservableList<Path> filesView = FXCollections.unmodifiableObservableList(files);
  private final ObjectProperty<ReplaySpeed> pace = new SimpleObjectProperty<>(ReplaySpeed.OWN);
  private final StringProperty times = new SimpleStringProperty("10");
  private final ObjectProperty<ReplayTarget> target =
      new SimpleObjectProperty<>(ReplayTarget.WINDOW);
  private final StringProperty host = new SimpleStringProperty("");
  private final BooleanProperty kafka = new SimpleBooleanProperty();
  private final BooleanProperty confirmed = new SimpleBooleanProperty();
  private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
  private final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper();
  private final ReadOnlyStringWrapper status = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper error = new ReadOnlyStringWrapper("");
  private final BooleanBinding asksToConfirm;
  private final BooleanBinding canStart;
  private final ReplayRunner runner;

  /** Nothing is sent yet. */
  public ReplayModel(ReplayRunner runner) {
    this.runner = runner;
    asksToConfirm = target.isEqualTo(ReplayTarget.WINDOW).and(kafka);
    canStart = running.not().and(Bindings.isNotEmpty(files)).and(asksToConfirm.not().or(confirmed));
    asksToConfirm.addListener((_, _, _) -> confirmed.set(false));
  }

  /** Whether the panel shows. */
  public BooleanProperty shownProperty() {
    return shown;
  }

  /** What is to be sent, in this order. */
  public ObservableList<Path> files() {
    return filesView;
  }

  public ObjectProperty<ReplaySpeed> paceProperty() {
    return pace;
  }

  /** How many times faster, as it was typed. */
  public StringProperty timesProperty() {
    return times;
  }

  public ObjectProperty<ReplayTarget> targetProperty() {
    return target;
  }

  /** Where a collector listens, as it was typed. */
  public StringProperty hostProperty() {
    return host;
  }

  /** Whether this window's pipeline is to send to Kafka. */
  public BooleanProperty kafkaProperty() {
    return kafka;
  }

  /** Whether the user said once more that it is; asked anew for every start. */
  public BooleanProperty confirmedProperty() {
    return confirmed;
  }

  /** Whether that is to be asked. */
  public BooleanBinding asksToConfirm() {
    return asksToConfirm;
  }

  public BooleanBinding canStart() {
    return canStart;
  }

  public ReadOnlyBooleanProperty runningProperty() {
    return running.getReadOnlyProperty();
  }

  /** 0 to 1. */
  public ReadOnlyDoubleProperty progressProperty() {
    return progress.getReadOnlyProperty();
  }

  /** How far it is, in words; what came of it, once it has ended well. */
  public ReadOnlyStringProperty statusProperty() {
    return status.getReadOnlyProperty();
  }

  /** Why it could not be started, or ended early; else empty. */
  public ReadOnlyStringProperty errorProperty() {
    return error.getReadOnlyProperty();
  }

  /** Shows the panel, with the files that are open; without any, those chosen before stay. */
  public void offer(List<Path> open) {
    shown.set(true);
    if (!open.isEmpty()) {
      choose(open);
    }
  }

  /** To be sent in the order of their names, which is that of a recording's files. */
  public void choose(List<Path> chosen) {
    if (!running.get() && !chosen.isEmpty()) {
      files.setAll(
          chosen.stream()
              .sorted(Comparator.comparing(file -> String.valueOf(file.getFileName())))
              .toList());
      status.set("");
      error.set("");
    }
  }

  /** Begins, if it can. */
  public void start() {
    if (!canStart.get()) {
      return;
    }
    String speed =
        switch (pace.get()) {
          case OWN -> "1";
          case FASTER -> times.get().strip();
          case MAX -> "max";
        };
    var asked =
        new ReplayRequest(
            List.copyOf(files), speed, target.get(), host.get().strip(), asksToConfirm.get());
    confirmed.set(false);
    status.set("");
    error.set("");
    progress.set(0);
    running.set(true); // Before it starts: it may end at once.
    runner.start(asked).ifPresent(this::failed);
  }

  public void stop() {
    if (running.get()) {
      runner.stop();
    }
  }

  /** It is so far. */
  public void progressed(double share, String words) {
    if (running.get()) {
      progress.set(share);
      status.set(words);
    }
  }

  /** It has ended, and nothing went wrong. */
  public void ended(String words) {
    running.set(false);
    status.set(words);
  }

  /** It has ended, or was never begun: why. */
  public void failed(String reason) {
    running.set(false);
    error.set(reason);
  }
}
