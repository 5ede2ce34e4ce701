// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.settingspanel;

import atlantafx.base.theme.Styles;
import javafx.application.Platform;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The panel with the settings of a live run, in the place of what it is about. */
public final class SettingsPanelView extends BorderPane {
  private static final double NAME_WIDTH = 210;
  private static final double INPUT_WIDTH = 220;
  private static final double UNIT_WIDTH = 84;

  private final SettingsPanelModel model;
  private final ScrollPane scroll = new ScrollPane();

  public SettingsPanelView(SettingsPanelModel model) {
    this.model = model;
    setId("settings-panel");
    getStyleClass().add("settings-panel");
    scroll.setFitToWidth(true);
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    setCenter(scroll);
    setTop(head(fields()));
    setBottom(foot());
    addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
    model
        .shownProperty()
        .subscribe(
            shown -> {
              if (shown) {
                scroll.setVvalue(0);
                Platform.runLater(this::focusFirst); // What does not show yet cannot have the keys.
              }
            });
  }

  private void focusFirst() {
    applyCss(); // Before it has its styles the first time, no field has its place in it.
    lookup("#setting-listen-endpoint").requestFocus();
  }

  private void pressed(KeyEvent event) {
    if (event.getCode() == KeyCode.ESCAPE) {
      model.cancel();
      event.consume();
    }
  }

  private Node head(Node groups) {
    var title = new Label("Settings of a live run");
    title.getStyleClass().add(Styles.TITLE_4);
    var room = new Region();
    HBox.setHgrow(room, Priority.ALWAYS);
    var all = new CheckBox("All options");
    all.setId("settings-all");
    all.setMinWidth(USE_PREF_SIZE);
    all.selectedProperty().bindBidirectional(model.allProperty());
    var hint =
        new Label(
            "The collector's own options. They count until this program ends; an empty field stands"
                + " for the value in grey.");
    hint.getStyleClass().add("quiet");
    hint.setWrapText(true);
    var line = new HBox(12, title, room, all);
    line.setAlignment(Pos.CENTER_LEFT);
    var head = new VBox(4, line, hint, groups);
    head.getStyleClass().add("settings-head");
    return head;
  }

  /** Answers what leads to each group: not all of them are in sight. */
  private Node fields() {
    var links = new FlowPane(4, 0);
    var content = new VBox(6);
    content.getStyleClass().add("settings-fields");
    for (SettingsPanelModel.SettingGroup group : model.groups()) {
      var title = new Label(group.title());
      title.getStyleClass().add("settings-group");
      content.getChildren().add(title);
      var link = new Button(group.title());
      link.getStyleClass().addAll(Styles.FLAT, Styles.SMALL, Styles.ACCENT);
      link.setOnAction(_ -> scrollTo(content, title));
      links.getChildren().add(link);
      for (SettingField field : group.fields()) {
        content.getChildren().add(row(field));
      }
    }
    scroll.setContent(content);
    return links;
  }

  private void scrollTo(Region content, Node title) {
    double hidden = content.getHeight() - scroll.getViewportBounds().getHeight();
    scroll.setVvalue(hidden > 0 ? title.getBoundsInParent().getMinY() / hidden : 0);
  }

  private static Node row(SettingField field) {
    var name = new Label(field.name());
    name.getStyleClass().addAll("figure", "settings-name");
    name.setMinWidth(NAME_WIDTH);
    name.setPrefWidth(NAME_WIDTH);
    Region input = field.isFlag() ? flag(field) : text(field);
    input.setId("setting-" + field.name());
    input.setMinWidth(INPUT_WIDTH);
    input.setPrefWidth(INPUT_WIDTH);
    input.setAccessibleText(field.name());
    input.setAccessibleHelp(field.description());
    field
        .wrongProperty()
        .subscribe(wrong -> input.pseudoClassStateChanged(Styles.STATE_DANGER, wrong));
    var description = new Label(field.description());
    description.getStyleClass().add("quiet");
    description.setWrapText(true);
    description.setMinHeight(USE_PREF_SIZE);
    HBox.setHgrow(description, Priority.ALWAYS);
    description.setMaxWidth(Double.MAX_VALUE);
    var unit = new Label(field.isFlag() ? "" : field.label());
    unit.getStyleClass().addAll("figure", "settings-unit");
    unit.setMinWidth(UNIT_WIDTH);
    unit.setPrefWidth(UNIT_WIDTH);
    var measured = new HBox(6, input, unit);
    measured.setAlignment(Pos.CENTER_LEFT);
    var row = new HBox(12, name, measured, description);
    row.setAlignment(Pos.CENTER_LEFT);
    row.visibleProperty().bind(field.visibleProperty());
    row.managedProperty().bind(row.visibleProperty());
    return row;
  }

  private static Region text(SettingField field) {
    var input = new TextField();
    input.getStyleClass().add("figure");
    input.setPromptText(field.prompt());
    input.setTooltip(new Tooltip(field.hint()));
    input.textProperty().bindBidirectional(field.textProperty());
    return input;
  }

  private static Region flag(SettingField field) {
    var input = new CheckBox();
    input.selectedProperty().bindBidirectional(field.onProperty());
    input.textProperty().bind(field.onProperty().map(on -> on ? "true" : "false"));
    input.setTooltip(new Tooltip(field.hint()));
    return input;
  }

  private Node foot() {
    var problem = new Label();
    problem.setId("settings-problem");
    problem.getStyleClass().add("reason");
    problem.setWrapText(true);
    problem.setMinHeight(USE_PREF_SIZE);
    problem.textProperty().bind(model.problemProperty());
    problem.visibleProperty().bind(model.problemProperty().isNotEmpty());
    problem.managedProperty().bind(problem.visibleProperty());
    var consequence = new Label();
    consequence.setId("settings-consequence");
    consequence.getStyleClass().add("quiet");
    consequence.setWrapText(true);
    consequence.setMinHeight(USE_PREF_SIZE);
    consequence.textProperty().bind(model.consequence());
    var apply = new Button("Apply");
    apply.setId("settings-apply");
    apply.getStyleClass().add(Styles.ACCENT);
    apply.setDefaultButton(true);
    apply.setOnAction(_ -> model.apply());
    apply.disableProperty().bind(model.problemProperty().isNotEmpty());
    var cancel = new Button("Cancel");
    cancel.setId("settings-cancel");
    cancel.setOnAction(_ -> model.cancel());
    for (Button button : new Button[] {apply, cancel}) {
      button.setMinWidth(USE_PREF_SIZE);
    }
    HBox.setHgrow(consequence, Priority.ALWAYS);
    var line = new HBox(10, apply, cancel, consequence);
    line.setAlignment(Pos.CENTER_LEFT);
    var foot = new VBox(8, problem, line);
    foot.getStyleClass().add("settings-foot");
    return foot;
  }
}
