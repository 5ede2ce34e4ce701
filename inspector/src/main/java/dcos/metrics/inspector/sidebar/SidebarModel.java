// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.sidebar;

import dcos.metrics.inspector.format.StatusTone;
import dcos.metrics.inspector.workspace.DetailSubject;
import java.util.List;
import java.util.Optional;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** Sources, topics and Kafka, each with its live count; a click filters. */
public final class SidebarModel {
  /**
   * A line.
   *
   * @param count on the right: a rate, a number
   * @param hint all there is to say, shown on hovering
   * @param filter what a click filters by; empty filters nothing
   * @param subject what a click shows in the detail pane, if anything
   */
  public record SidebarEntry(
      String name,
      String count,
      StatusTone tone,
      String hint,
      String filter,
      Optional<DetailSubject> subject) {
    /** Of which there is no detail. */
    public SidebarEntry(String name, String count, StatusTone tone, String hint, String filter) {
      this(name, count, tone, hint, filter, Optional.empty());
    }
  }

  private final ObservableList<SidebarEntry> sources = FXCollections.observableArrayList();
  private final ObservableList<SidebarEntry> topics = FXCollections.observableArrayList();
  private final ObservableList<SidebarEntry> kafka = FXCollections.observableArrayList();

  // Kept: such a view listens weakly, and would be collected with its listeners.
  private final ObservableList<SidebarEntry> sourcesView =
      FXCollections.unmodifiableObservableList(sources);
  private final ObservableList<SidebarEntry> topicsView =
      FXCollections.unmodifiableObservableList(topics);
  private final ObservableList<SidebarEntry> kafkaView =
      FXCollections.unmodifiableObservableList(kafka);

  public ObservableList<SidebarEntry> sources() {
    return sourcesView;
  }

  public ObservableList<SidebarEntry> topics() {
    return topicsView;
  }

  public ObservableList<SidebarEntry> kafka() {
    return kafkaView;
  }

  /** Shows these from now on. */
  public void update(
      List<SidebarEntry> newSources, List<SidebarEntry> newTopics, List<SidebarEntry> newKafka) {
    replace(sources, newSources);
    replace(topics, newTopics);
    replace(kafka, newKafka);
  }

  /** Touches only what changed: selection and scrolling stay. */
  private static void replace(ObservableList<SidebarEntry> shown, List<SidebarEntry> wanted) {
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
