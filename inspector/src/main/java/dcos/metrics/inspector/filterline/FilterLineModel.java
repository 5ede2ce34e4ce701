// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.filterline;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** The filter line: its text, the error in it, and the progress of its run. */
public final class FilterLineModel {
  /** No run is under way. */
  public static final double IDLE = 1;

  /** More suggestions are not offered at once. */
  public static final int MAX_OFFERED = 8;

  /** No suggestion is chosen. */
  public static final int NONE = -1;

  private final StringProperty text = new SimpleStringProperty("");
  private final ReadOnlyStringWrapper error = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper formerly = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper applied = new ReadOnlyStringWrapper("");
  private final DoubleProperty progress = new SimpleDoubleProperty(IDLE);
  private final BooleanProperty stopped = new SimpleBooleanProperty();
  private final StringBinding hint;
  private final ObservableList<FilterSuggestion> offered = FXCollections.observableArrayList();
  // Kept: such a view listens weakly, and would be collected with its listeners.
  private final ObservableList<FilterSuggestion> offeredView =
      FXCollections.unmodifiableObservableList(offered);
  private final ReadOnlyBooleanWrapper more = new ReadOnlyBooleanWrapper();
  private final ReadOnlyIntegerWrapper chosen = new ReadOnlyIntegerWrapper(NONE);
  private final FilterSuggestion.SuggestionSource suggestions;
  private final Consumer<String> onFilter;
  private final Runnable onStop;

  /**
   * What a check finds in a text, each in one line.
   *
   * @param error why it is not a filter; empty if it is one
   * @param hint at the words of this version, if it uses those of an earlier one; else empty
   */
  public record FilterCheck(String error, String hint) {
    /** A filter with words of this version. */
    public static final FilterCheck VALID = new FilterCheck("", "");

    /** Not a filter. */
    public static FilterCheck invalid(String error) {
      return new FilterCheck(error, "");
    }
  }

  /**
   * A filter that is empty.
   *
   * @param check of a text; quick, it runs at every key
   * @param suggestions for the caret
   * @param onFilter gets each valid text, starts its run and returns
   * @param onStop ends a run that is under way
   */
  public FilterLineModel(
      Function<String, FilterCheck> check,
      FilterSuggestion.SuggestionSource suggestions,
      Consumer<String> onFilter,
      Runnable onStop) {
    this.suggestions = suggestions;
    this.onFilter = onFilter;
    this.onStop = onStop;
    text.addListener(
        (_, _, now) -> {
          FilterCheck checked = now.isBlank() ? FilterCheck.VALID : check.apply(now);
          error.set(checked.error());
          formerly.set(checked.hint());
        });
    hint = Bindings.createStringBinding(this::hint, text, error, formerly, applied, stopped);
  }

  private String hint() {
    if (!error.get().isEmpty()) {
      return "";
    }
    if (!isApplied()) {
      return text.get().isBlank() ? "Enter shows all" : "Enter applies";
    }
    return stopped.get() ? "stopped · Enter looks again" : formerly.get();
  }

  private boolean isApplied() {
    return text.get().strip().equals(applied.get());
  }

  public StringProperty textProperty() {
    return text;
  }

  /** Why the text is not a filter; empty while it is one. */
  public ReadOnlyStringProperty errorProperty() {
    return error.getReadOnlyProperty();
  }

  /** The text that counts now. */
  public ReadOnlyStringProperty appliedProperty() {
    return applied.getReadOnlyProperty();
  }

  /** How much of the run is done, 0 to {@link #IDLE}; set by the presenter. */
  public DoubleProperty progressProperty() {
    return progress;
  }

  /**
   * Whether the run was stopped before it had looked at everything: what shows is not all that the
   * filter finds. Set by the presenter; ends when another run begins.
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
    withdraw();
    apply();
  }

  /**
   * What Enter would do, where what is typed does not count yet or was stopped; else what words of
   * an earlier version are called now, or empty.
   */
  public StringBinding hintProperty() {
    return hint;
  }

  /**
   * What the Enter key does: takes the suggestion that is chosen, and makes the text count if it is
   * a filter. Returns the new position of the caret.
   */
  public int enter(int caret) {
    int at = chosen.get() == NONE ? caret : accept(offered.get(chosen.get()));
    withdraw();
    apply();
    return at;
  }

  /** What the Esc key does: withdraws what is offered, else stops a run, else ends the filter. */
  public void escape() {
    if (!offered.isEmpty()) {
      withdraw();
    } else if (progress.get() < IDLE) {
      onStop.run();
    } else {
      filterBy("");
    }
  }

  /** What is offered to be put at the caret. */
  public ObservableList<FilterSuggestion> offered() {
    return offeredView;
  }

  /** Whether there is more to offer than fits: the next letter narrows it down. */
  public ReadOnlyBooleanProperty moreProperty() {
    return more.getReadOnlyProperty();
  }

  /** The place of the suggestion that Enter takes, or {@link #NONE}. */
  public ReadOnlyIntegerProperty chosenProperty() {
    return chosen.getReadOnlyProperty();
  }

  /** Offers suggestions for the caret; nothing in an empty line, or in one that counts. */
  public void complete(int caret) {
    List<FilterSuggestion> all =
        text.get().isEmpty() || isApplied() ? List.of() : suggestions.at(text.get(), caret);
    chosen.set(NONE);
    more.set(all.size() > MAX_OFFERED);
    offered.setAll(all.subList(0, Math.min(all.size(), MAX_OFFERED)));
  }

  /** Offers nothing any more. */
  public void withdraw() {
    chosen.set(NONE);
    more.set(false);
    offered.clear();
  }

  /** Chooses the suggestion so many further down, around through none. */
  public void chooseBy(int n) {
    chosen.set(Math.floorMod(chosen.get() + 1 + n, offered.size() + 1) - 1);
  }

  /** Puts what is chosen into the text, or what is offered first; answers as accept does. */
  public int acceptOffered() {
    return accept(offered.get(Math.max(0, chosen.get())));
  }

  /** Puts a suggestion into the text; returns the new position of the caret. */
  public int accept(FilterSuggestion suggestion) {
    String before = text.get();
    text.set(
        before.substring(0, suggestion.start())
            + suggestion.text()
            + before.substring(suggestion.end()));
    return suggestion.start() + suggestion.text().length();
  }
}
