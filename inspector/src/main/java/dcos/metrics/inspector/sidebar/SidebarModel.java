// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.viewmodel;

import java.util.List;
import java.util.Optional;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** Sources, topics and Kafka, each with its live count; a click filters. */
public final class Sidebar {
  /**
   * A line.
   *
   * @param count on the right: a rate, a number
   * @param hint all there is to say, shown on hovering
   * @param filter what a click filters by; empty filters nothing
   * @param subject what a click shows in the detail pane, if anything
   */
  public record Entry(
      String name,
      String count,
      Tone tone,
      String hint,
      String filter,
      Optional<DetailSubject> subject) {
    /** Of which there is no detail. */
    public Entry(String name, String count, Tone tone, String hint, String filter) {
      this(name, count, tone, hint, filter, Optional.empty());
    }
  }

  private final ObservableList<Entry> sources = FXCollections.observableArrayList();
  private final ObservableList<Entry> topics = FXCollections.observableArrayList();
  private final ObservableList<Entry> kafka = FXCollections.observableArrayList();

  // Kept: such a view listens weakly, and would be collected with its listeners.
  private final ObservableList<Entry> sourcesView =
      FXCollections.unmodifiableObservableList(sources);
  private final ObservableList<Entry> topicsView = FXCollections.unmodifiableObservableList(topics);
  private final ObservableList<Entry> kafkaView = FXCollections.unmodifiableObservableList(kafka);

  public ObservableList<Entry> sources() {
    return sourcesView;
  }

  public ObservableList<Entry> topics() {
    return topicsView;
  }

  public ObservableList<Entry> kafka() {
    return kafkaView;
  }

  /** Shows these from now on. */
  public void update(List<Entry> newSources, List<Entry> newTopics, List<Entry> newKafka) {
    replace(sources, newSources);
    replace(topics, newTopics);
    replace(kafka, newKafka);
  }

  /** Touches only what changed: selection and scrolling stay. */
  private static void replace(ObservableList<Entry> shown, List<Entry> wanted) {
    int common = Math.min(shown.size(), wanted.size());
    for (int i = 0; i < common; i++) {
      if (!shown.get(i).equals(wanted.get(i))) {
        shown.set(i, wanted.get(i));
      }
    }
    if (shown.size() > common) {
      shown.remove(common, shown.size());
    }
    if (wanted.size() > common) {
      shown.addAll(wanted.subList(common, wanted.size()));
    }
  }
}
