// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.shell;

import dcos.metrics.inspector.control.LazyPane;
import dcos.metrics.inspector.detail.DetailView;
import dcos.metrics.inspector.filterline.FilterLineView;
import dcos.metrics.inspector.preferences.Preferences;
import dcos.metrics.inspector.replay.ReplayView;
import dcos.metrics.inspector.settingspanel.SettingsPanelView;
import dcos.metrics.inspector.sidebar.SidebarView;
import dcos.metrics.inspector.start.EmitterView;
import dcos.metrics.inspector.start.StartView;
import dcos.metrics.inspector.statusbar.StatusBarView;
import dcos.metrics.inspector.timeline.TimelineView;
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
  private final Preferences remembered;
  private final ThemeSwitch theme;
  private final FileDialogs files;
  private final FilterLineView filter;
  private final TableTabs tables;
  private final DetailView detail;
  private final SplitPane split;
  private final StartView start;
  private final RefreshTimer refreshTimer;
  private final PauseTransition instant = new PauseTransition(Duration.millis(300));

  /**
   * Builds the window, and does not show it.
   *
   * @param desktop whether the desktop is light or dark
   */
  public InspectorWindow(
      Stage stage,
      WindowModel model,
      Preferences remembered,
      ObservableValue<ColorScheme> desktop) {
    this.stage = stage;
    this.model = model;
    this.remembered = remembered;
    theme = new ThemeSwitch(desktop, remembered);
    files = new FileDialogs(stage, model);
    model.shown().setSaveChooser(files::save);
    start = new StartView(model.start(), model::toggleCapture, files::open);
    detail = new DetailView(model.detail());
    tables = new TableTabs(model, remembered, detail::focusTree);
    filter = new FilterLineView(model.filter(), tables::focusRows);
    split = new SplitPane(new SidebarView(model.sidebar(), model::show), tables, detail);
    refreshTimer = new RefreshTimer(this::look);
    SplitPane.setResizableWithParent(split.getItems().getFirst(), false);
    SplitPane.setResizableWithParent(detail, false);
    split.setDividerPositions(
        remembered.size("divider.left", 0.16), remembered.size("divider.right", 0.75));
    var keys =
        new KeyBindings(WindowKeyBindings.of(model, files, filter::focusText, tables::focusRows));
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
    instant.play();
    start.focusFirst();
    refreshTimer.start();
  }

  /** Ends the clock, and keeps what the window is like. */
  @Override
  public void close() {
    refreshTimer.close();
    instant.stop();
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

  private StackPane layout(KeyBindings keys) {
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
            new TimelineView(model.strip(), model::showErrors, model.actions()::goTo),
            new StatusBarView(
                model.status(),
                model.shown(),
                model.tables().windows(),
                model.filter().stoppedProperty(),
                model::show)));
    recording.visibleProperty().bind(isOpen.and(settings.not()));
    var views =
        new StackPane(
            new LazyPane(isOpen.or(settings).not(), () -> start),
            new LazyPane(settings, () -> new SettingsPanelView(model.settings())));
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
    instant.setOnFinished(_ -> add.run());
    var content = new BorderPane(views);
    content.setTop(
        new VBox(
            new Toolbar(model, filter, files, theme),
            new LazyPane(
                model.replay().shownProperty(),
                () -> new ReplayView(model.replay(), files::chooseReplayed)),
            EmitterView.bar(model.start(), model.shown(), () -> model.table().window().follow()),
            new NoticesView(model.notices())));
    var list =
        new LazyPane(
            model.shown().keysProperty(),
            () -> new KeyListView(keys.all(), () -> model.shown().keysProperty().set(false)));
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
