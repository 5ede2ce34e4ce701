// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.viewmodel;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** The filter line: what is typed, what is wrong with it, and how far its run has come. */
public final class FilterModel {
  /** No run is under way. */
  public static final double IDLE = 1;

  private final StringProperty text = new SimpleStringProperty("");
  private final ReadOnlyStringWrapper error = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper applied = new ReadOnlyStringWrapper("");
  private final DoubleProperty progress = new SimpleDoubleProperty(IDLE);
  private final BooleanProperty stopped = new SimpleBooleanProperty();
  private final Suggestion.Source suggestions;
  private final Consumer<String> onFilter;
  private final Runnable onStop;

  /**
   * A filter that is empty.
   *
   * @param check what is wrong with a text, in one line; quick, it runs at every key
   * @param suggestions what may stand at the caret
   * @param onFilter gets each valid text, starts its run and returns
   * @param onStop ends a run that is under way
   */
  public FilterModel(
      Function<String, Optional<String>> check,
      Suggestion.Source suggestions,
      Consumer<String> onFilter,
      Runnable onStop) {
    this.suggestions = suggestions;
    this.onFilter = onFilter;
    this.onStop = onStop;
    text.addListener((_, _, now) -> error.set(now.isBlank() ? "" : check.apply(now).orElse("")));
  }

  public StringProperty textProperty() {
    return text;
  }

  /** Why the text is no filter; empty while it is one. */
  public ReadOnlyStringProperty errorProperty() {
    return error.getReadOnlyProperty();
  }

  /** The text that counts now. */
  public ReadOnlyStringProperty appliedProperty() {
    return applied.getReadOnlyProperty();
  }

  /** How much of the run is done, 0 to {@link #IDLE}; set by whoever runs it. */
  public DoubleProperty progressProperty() {
    return progress;
  }

  /**
   * Whether the run was stopped before it had looked at everything: what shows is not all that the
   * filter finds. Set by whoever runs it, which ends when another run begins.
   */
  public BooleanProperty stoppedProperty() {
    return stopped;
  }

  /** Makes the text count, if it is valid; one whose run was stopped is looked for again. */
  public void apply() {
    String wanted = text.get().strip();
    if (error.get().isEmpty() && (stopped.get() || !wanted.equals(applied.get()))) {
      applied.set(wanted);
      onFilter.accept(wanted);
    }
  }

  /** Filters by a text, such as a topic that was clicked. */
  public void filterBy(String filter) {
    text.set(filter);
    apply();
  }

  /** Stops a run; where none is under way, takes the filter away. */
  public void escape() {
    if (progress.get() < IDLE) {
      onStop.run();
    } else {
      filterBy("");
    }
  }

  /** What may stand at the caret; nothing in an empty line. */
  public List<Suggestion> suggestions(int caret) {
    return text.get().isEmpty() ? List.of() : suggestions.at(text.get(), caret);
  }

  /** Puts a suggestion into the text; answers where the caret is to stand then. */
  public int accept(Suggestion suggestion) {
    String before = text.get();
    text.set(
        before.substring(0, suggestion.start())
            + suggestion.text()
            + before.substring(suggestion.end()));
    return suggestion.start() + suggestion.text().length();
  }
}
