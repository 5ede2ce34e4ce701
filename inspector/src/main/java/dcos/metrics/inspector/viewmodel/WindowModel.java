// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.viewmodel;

import java.nio.file.Path;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/**
 * The whole window, put together by hand.
 *
 * @param refresh brings every part up to date; called on the FX thread after {@code changes} was
 *     marked, at most some twenty times a second
 */
public record WindowModel(
    Actions actions,
    Tables tables,
    ChartModel chart,
    FilterModel filter,
    Sidebar sidebar,
    DetailModel detail,
    TimeStrip strip,
    Status status,
    Notices notices,
    StartModel start,
    ReplayModel replay,
    SettingsModel settings,
    Shown shown,
    Changes changes,
    Runnable refresh) {

  /** Which of its parts the window shows. */
  public static final class Shown {
    private final StringProperty title = new SimpleStringProperty("");
    private final BooleanProperty recording = new SimpleBooleanProperty();
    private final BooleanProperty capturing = new SimpleBooleanProperty();
    private final BooleanProperty growing = new SimpleBooleanProperty();
    private final BooleanProperty keys = new SimpleBooleanProperty();
    private final ObjectProperty<View> view = new SimpleObjectProperty<>(View.METRICS);
    private Runnable saveChooser = () -> {};

    /** What is open, as in {@code live 127.0.0.1:8124}; empty on the start page. */
    public StringProperty titleProperty() {
      return title;
    }

    /** Whether a recording is open; else the start page shows. */
    public BooleanProperty recordingProperty() {
      return recording;
    }

    /** Whether it is captured here, now. */
    public BooleanProperty capturingProperty() {
      return capturing;
    }

    /** Whether it may still grow: captured here, or attached. */
    public BooleanProperty growingProperty() {
      return growing;
    }

    /** Whether the list of keys shows. */
    public BooleanProperty keysProperty() {
      return keys;
    }

    public ObjectProperty<View> viewProperty() {
      return view;
    }

    /** How the user is asked for the file to save to: a window has a dialog for it. */
    public void setSaveChooser(Runnable chooser) {
      saveChooser = chooser;
    }

    /** Asks for a file, and saves what is open there. */
    public void chooseWhereToSave() {
      saveChooser.run();
    }
  }

  /** The table that shows. */
  public TableModel<?> table() {
    return switch (shown.viewProperty().get()) {
      case METRICS -> tables.metrics();
      case RECORDS -> tables.records();
      case DELIVERIES -> tables.deliveries();
    };
  }

  /**
   * The detail of the row that is selected in the table that shows. If none is, then that of a row
   * of another table goes.
   */
  public void showSelected() {
    Detail.Subject selected = selected(shown.viewProperty().get());
    Detail.Subject now = detail.subjectProperty().get();
    if (selected != null || (now != null && now.isRow())) {
      detail.subjectProperty().set(selected);
    }
  }

  /** What the detail of a table's selected row is of; null if none is selected. */
  public Detail.@Nullable Subject selected(View view) {
    return switch (view) {
      case METRICS -> {
        MetricRow row = tables.metrics().window().selectedRowProperty().get();
        yield row == null ? null : new Detail.Subject.OfSeries(row.id());
      }
      case RECORDS -> {
        RecordRow row = tables.records().window().selectedRowProperty().get();
        yield row == null ? null : new Detail.Subject.OfRecord(row.position());
      }
      case DELIVERIES -> {
        DeliveryRow row = tables.deliveries().window().selectedRowProperty().get();
        yield row == null ? null : new Detail.Subject.OfDelivery(row.position());
      }
    };
  }

  /** What was clicked in the status bar: its records, or its detail. */
  public void show(Status.Term term) {
    term.subject().ifPresent(detail.subjectProperty()::set);
    if (!term.filter().isEmpty()) {
      if (shown.viewProperty().get() == View.METRICS) {
        shown.viewProperty().set(View.RECORDS); // What it counts; series have no outcome.
      }
      filter.filterBy(term.filter());
    }
  }

  /** Opens files, of which there may be none. */
  public void open(List<Path> files) {
    if (!files.isEmpty()) {
      actions.open(List.copyOf(files));
    }
  }

  /**
   * Closes what is on top of all else: the list of keys, else a question. Answers whether there was
   * either.
   */
  public boolean closeTopMost() {
    if (shown.keysProperty().get()) {
      shown.keysProperty().set(false);
      return true;
    }
    return notices.dismissQuestion();
  }

  public void toggleCapture() {
    actions.capture(!shown.capturingProperty().get());
  }
}
