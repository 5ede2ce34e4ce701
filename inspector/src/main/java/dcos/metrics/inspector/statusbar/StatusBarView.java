// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.statusbar;

import atlantafx.base.theme.Styles;
import dcos.metrics.inspector.control.TableCells;
import dcos.metrics.inspector.format.DisplayFormat;
import dcos.metrics.inspector.format.StatusTone;
import dcos.metrics.inspector.table.RowWindow;
import dcos.metrics.inspector.workspace.View;
import dcos.metrics.inspector.workspace.WindowState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableBooleanValue;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/** The bottom line: following or not, and the ledger. */
public final class StatusBarView extends HBox {
  private static final String STOPPED = TableCells.styleOf(StatusTone.WARNING) + "-text";

  private final StatusBarModel model;
  private final WindowState window;
  private final Map<View, RowWindow<?>> tables;
  private final ObservableBooleanValue stopped;
  private final Consumer<StatusBarModel.StatusTerm> onClick;
  private final HBox terms = new HBox(5);

  /**
   * @param tables the rows of every table
   * @param stopped whether the filter was stopped before it had found every row
   * @param onClick shows the records and the detail of a term
   */
  public StatusBarView(
      StatusBarModel model,
      WindowState window,
      Map<View, RowWindow<?>> tables,
      ObservableBooleanValue stopped,
      Consumer<StatusBarModel.StatusTerm> onClick) {
    super(12);
    this.model = model;
    this.window = window;
    this.tables = Map.copyOf(tables);
    this.stopped = stopped;
    this.onClick = onClick;
    getStyleClass().add("status-bar");
    setAlignment(Pos.CENTER_LEFT);
    terms.setAlignment(Pos.CENTER_LEFT);
    terms.setId("ledger");
    var following = new Button();
    following.setId("following");
    following.getStyleClass().addAll(Styles.FLAT, Styles.SMALL);
    following.setMinWidth(Region.USE_PREF_SIZE);
    following.setOnAction(_ -> table().follow());
    List<Observable> told =
        new ArrayList<>(List.of(window.viewProperty(), window.growingProperty()));
    for (RowWindow<?> table : tables.values()) {
      told.add(table.followingProperty());
      told.add(table.unseenProperty());
    }
    following
        .textProperty()
        .bind(Bindings.createStringBinding(this::following, told.toArray(new Observable[0])));
    var gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    var shown = new Label();
    shown.setId("shown");
    shown.setMinWidth(Region.USE_PREF_SIZE);
    List<Observable> counted = new ArrayList<>(List.of(window.viewProperty(), stopped));
    tables.values().forEach(table -> counted.add(table.countProperty()));
    shown
        .textProperty()
        .bind(Bindings.createStringBinding(this::shown, counted.toArray(new Observable[0])));
    stopped.subscribe(
        is -> shown.getStyleClass().setAll("label", "figure", is ? STOPPED : "quiet"));
    getChildren().addAll(following, terms, gap, shown);
    model.terms().addListener((ListChangeListener<StatusBarModel.StatusTerm>) _ -> showTerms());
    showTerms();
  }

  /** The rows of the table that shows. */
  private RowWindow<?> table() {
    return Objects.requireNonNull(tables.get(window.viewProperty().get()));
  }

  private String following() {
    if (!window.growingProperty().get()) {
      return "Complete";
    }
    if (window.viewProperty().get() == View.METRICS) {
      return "Live";
    }
    RowWindow<?> table = table();
    return table.followingProperty().get()
        ? "Following"
        : "Paused: " + DisplayFormat.count(table.unseenProperty().get()) + " new";
  }

  private String shown() {
    String shown = DisplayFormat.count(table().countProperty().get()) + " shown";
    return stopped.get() ? "stopped: " + shown + ", not all" : shown;
  }

  /** A term that only counts on stays the same button: it may be about to be clicked. */
  private void showTerms() {
    List<Node> nodes = new ArrayList<>();
    List<StatusBarModel.StatusTerm> wanted = model.terms();
    for (int i = 0; i < wanted.size(); i++) {
      StatusBarModel.StatusTerm term = wanted.get(i);
      Node there = i < terms.getChildren().size() ? terms.getChildren().get(i) : null;
      if (there instanceof Labeled labeled
          && labeled.getUserData() instanceof StatusBarModel.StatusTerm shown
          && shown.filter().equals(term.filter())
          && shown.subject().equals(term.subject())
          && shown.tone() == term.tone()) {
        labeled.setText(term.text());
        nodes.add(labeled);
      } else {
        Node made = term(term);
        made.setUserData(term);
        nodes.add(made);
      }
    }
    if (!terms.getChildren().equals(nodes)) {
      terms.getChildren().setAll(nodes);
    }
  }

  private Node term(StatusBarModel.StatusTerm term) {
    if (!term.isLink()) {
      var label = new Label(term.text());
      label.getStyleClass().addAll("figure", TableCells.styleOf(term.tone()) + "-text");
      return label;
    }
    var link = new Link(term.text());
    link.getStyleClass().setAll("term", "figure", TableCells.styleOf(term.tone()) + "-text");
    link.setOnAction(_ -> onClick.accept(term));
    return link;
  }

  /** While more comes, fewer digits take no less room: it may be aimed at, or those behind it. */
  private final class Link extends Button {
    private double widest;

    private Link(String text) {
      super(text);
      setAlignment(Pos.CENTER_LEFT);
    }

    @Override
    protected double computePrefWidth(double height) {
      double now = super.computePrefWidth(height);
      widest = window.growingProperty().get() ? Math.max(widest, now) : now;
      return widest;
    }
  }
}
