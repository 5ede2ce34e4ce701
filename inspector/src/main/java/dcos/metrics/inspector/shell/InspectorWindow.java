// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.window;

import dcos.metrics.inspector.remembered.Remembered;
import dcos.metrics.inspector.viewmodel.WindowModel;
import java.util.Objects;
import javafx.animation.PauseTransition;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Rectangle2D;
import javafx.scene.Scene;
import javafx.scene.control.SplitPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Screen;
import javafx.stage.Stage;
import javafx.util.Duration;

/** The window, from its view model. FX thread only. */
public final class InspectorWindow implements AutoCloseable {
  private static final String NAME = "Metrics Inspector";
  // At first, on a screen that has room for it.
  private static final double WIDTH = 1440;
  private static final double HEIGHT = 900;

  private final Stage stage;
  private final WindowModel model;
  private final Remembered remembered;
  private final ThemeSwitch theme;
  private final Files files;
  private final FilterLine filter;
  private final TablesView tables;
  private final DetailView detail;
  private final SplitPane split;
  private final StartView start;
  private final Pulse pulse;
  private final PauseTransition moment = new PauseTransition(Duration.millis(300));

  /**
   * Builds the window, and does not show it.
   *
   * @param desktop whether the desktop is light or dark
   */
  public InspectorWindow(
      Stage stage, WindowModel model, Remembered remembered, ObservableValue<ColorScheme> desktop) {
    this.stage = stage;
    this.model = model;
    this.remembered = remembered;
    theme = new ThemeSwitch(desktop, remembered);
    files = new Files(stage, model);
    model.shown().setSaveChooser(files::save);
    start = new StartView(model.start(), model::toggleCapture, files::open);
    detail = new DetailView(model.detail());
    tables = new TablesView(model, remembered, detail::focusTree);
    filter = new FilterLine(model.filter(), tables::focusRows);
    split = new SplitPane(new SidebarView(model.sidebar(), model::show), tables, detail);
    pulse = new Pulse(this::look);
    SplitPane.setResizableWithParent(split.getItems().getFirst(), false);
    SplitPane.setResizableWithParent(detail, false);
    split.setDividerPositions(
        remembered.size("divider.left", 0.16), remembered.size("divider.right", 0.75));
    var keys = new Keys(WindowKeys.of(model, files, filter::focusText, tables::focusRows));
    StackPane root = layout(keys);
    Rectangle2D screen = Screen.getPrimary().getVisualBounds();
    Scene scene =
        new Scene(
            root,
            remembered.size("width", Math.min(WIDTH, screen.getWidth())),
            remembered.size("height", Math.min(HEIGHT, screen.getHeight())));
    scene
        .getStylesheets()
        .add(
            Objects.requireNonNull(InspectorWindow.class.getResource("inspector.css"))
                .toExternalForm());
    keys.bind(scene);
    FileDrop.accept(scene, root, model::open);
    stage.setScene(scene);
    stage.setMinWidth(640);
    stage.setMinHeight(400);
    model
        .shown()
        .titleProperty()
        .subscribe(title -> stage.setTitle(title.isEmpty() ? NAME : NAME + " · " + title));
  }

  /** Shows it, as it was left. */
  public void show() {
    theme.apply();
    stage.setMaximized(remembered.flag("maximized"));
    stage.setOnHiding(_ -> close());
    stage.show();
    moment.play();
    start.focusFirst();
    pulse.start();
  }

  /** Ends the clock, and keeps what the window is like. */
  @Override
  public void close() {
    pulse.close();
    moment.stop();
    tables.remember(remembered);
    remembered.setFlag("maximized", stage.isMaximized());
    if (!stage.isMaximized()) {
      remembered.setSize("width", stage.getScene().getWidth());
      remembered.setSize("height", stage.getScene().getHeight());
    }
    double[] dividers = split.getDividerPositions();
    remembered.setSize("divider.left", dividers[0]);
    remembered.setSize("divider.right", dividers[1]);
    remembered.save();
  }

  private StackPane layout(Keys keys) {
    ReadOnlyBooleanProperty settings = model.settings().shownProperty();
    BooleanProperty isOpen = model.shown().recordingProperty();
    isOpen.addListener(
        (_, _, open) -> {
          if (!open) {
            Platform.runLater(start::focusFirst); // What does not show yet cannot have the keys.
          }
        });
    var recording = new BorderPane(split);
    recording.setBottom(
        new VBox(
            new StripView(model.strip(), model::showErrors, model.actions()::goTo),
            new StatusView(
                model.status(),
                model.shown(),
                model.tables().windows(),
                model.filter().stoppedProperty(),
                model::show)));
    recording.visibleProperty().bind(isOpen.and(settings.not()));
    var views =
        new StackPane(
            new WhileShown(isOpen.or(settings).not(), () -> start),
            new WhileShown(settings, () -> new SettingsView(model.settings())));
    // Styled and laid out a moment after the window shows: what it starts with is there the sooner.
    Runnable add =
        () -> {
          if (recording.getParent() == null) {
            views.getChildren().addFirst(recording);
          }
        };
    isOpen.subscribe(
        open -> {
          if (open) {
            add.run();
          }
        });
    moment.setOnFinished(_ -> add.run());
    var content = new BorderPane(views);
    content.setTop(
        new VBox(
            new ToolStrip(model, filter, files, theme),
            new WhileShown(
                model.replay().shownProperty(),
                () -> new ReplayView(model.replay(), files::chooseReplayed)),
            EmitterControls.bar(
                model.start(), model.shown(), () -> model.table().window().follow()),
            new NoticesView(model.notices())));
    var list =
        new WhileShown(
            model.shown().keysProperty(),
            () -> new KeysView(keys.all(), () -> model.shown().keysProperty().set(false)));
    var root = new StackPane(content, filter.suggestions(), list);
    root.getStyleClass().add("inspector");
    root.addEventFilter(KeyEvent.KEY_PRESSED, this::topMost);
    return root;
  }

  /** The list of keys and a question are on top of all else, whoever has the keys. */
  private void topMost(KeyEvent event) {
    if (event.getCode() == KeyCode.ESCAPE && model.closeTopMost()) {
      event.consume();
    }
  }

  private boolean look() {
    if (model.changes().take()) {
      model.refresh().run();
    }
    return model.changes().takeRest();
  }
}
