// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.window;

import atlantafx.base.theme.Styles;
import dcos.metrics.inspector.viewmodel.RowWindow;
import dcos.metrics.inspector.viewmodel.Status;
import dcos.metrics.inspector.viewmodel.TableTab;
import dcos.metrics.inspector.viewmodel.Texts;
import dcos.metrics.inspector.viewmodel.Tone;
import dcos.metrics.inspector.viewmodel.WindowModel;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyProperty;
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
final class StatusView extends HBox {
  private static final String STOPPED = Cells.styleOf(Tone.WARNING) + "-text";

  private final WindowModel model;
  private final HBox terms = new HBox(5);

  StatusView(WindowModel model) {
    super(12);
    this.model = model;
    getStyleClass().add("status-bar");
    setAlignment(Pos.CENTER_LEFT);
    terms.setAlignment(Pos.CENTER_LEFT);
    terms.setId("ledger");
    var following = new Button();
    following.setId("following");
    following.getStyleClass().addAll(Styles.FLAT, Styles.SMALL);
    following.setMinWidth(Region.USE_PREF_SIZE);
    following.setOnAction(_ -> model.table().window().follow());
    RowWindow<?> records = model.tables().records().window();
    RowWindow<?> deliveries = model.tables().deliveries().window();
    List<ReadOnlyProperty<?>> told =
        List.of(
            model.shown().viewProperty(),
            model.shown().growingProperty(),
            records.followingProperty(),
            records.unseenProperty(),
            deliveries.followingProperty(),
            deliveries.unseenProperty());
    following
        .textProperty()
        .bind(
            Bindings.createStringBinding(
                this::following, told.toArray(new ReadOnlyProperty<?>[0])));
    var gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    var shown = new Label();
    shown.setId("shown");
    shown.setMinWidth(Region.USE_PREF_SIZE);
    shown
        .textProperty()
        .bind(
            Bindings.createStringBinding(
                this::shown,
                model.shown().viewProperty(),
                model.filter().stoppedProperty(),
                model.tables().metrics().window().countProperty(),
                records.countProperty(),
                deliveries.countProperty()));
    model
        .filter()
        .stoppedProperty()
        .subscribe(
            stopped ->
                shown.getStyleClass().setAll("label", "figure", stopped ? STOPPED : "quiet"));
    getChildren().addAll(following, terms, gap, shown);
    model.status().terms().addListener((ListChangeListener<Status.Term>) _ -> showTerms());
    showTerms();
  }

  private String following() {
    if (!model.shown().growingProperty().get()) {
      return "Complete";
    }
    RowWindow<?> window = model.table().window();
    if (model.shown().viewProperty().get() == TableTab.METRICS) {
      return "Live";
    }
    return window.followingProperty().get()
        ? "Following"
        : "Paused: " + Texts.count(window.unseenProperty().get()) + " new";
  }

  private String shown() {
    String shown = Texts.count(model.table().window().countProperty().get()) + " shown";
    return model.filter().stoppedProperty().get() ? "stopped: " + shown + ", not all" : shown;
  }

  /** A term that only counts on stays the same button: it may be about to be clicked. */
  private void showTerms() {
    List<Node> nodes = new ArrayList<>();
    List<Status.Term> wanted = model.status().terms();
    for (int i = 0; i < wanted.size(); i++) {
      Status.Term term = wanted.get(i);
      Node there = i < terms.getChildren().size() ? terms.getChildren().get(i) : null;
      if (there instanceof Labeled labeled
          && labeled.getUserData() instanceof Status.Term shown
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

  private Node term(Status.Term term) {
    if (!term.isLink()) {
      var label = new Label(term.text());
      label.getStyleClass().addAll("figure", Cells.styleOf(term.tone()) + "-text");
      return label;
    }
    var link = new Link(term.text());
    link.getStyleClass().setAll("term", "figure", Cells.styleOf(term.tone()) + "-text");
    link.setOnAction(_ -> model.show(term));
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
      widest = model.shown().growingProperty().get() ? Math.max(widest, now) : now;
      return widest;
    }
  }
}
