// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.start;

import atlantafx.base.theme.Styles;
import java.nio.file.Path;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** What shows when nothing is open: three ways to begin, and the files that were open lately. */
public final class StartView extends ScrollPane {
  private static final double WIDTH = 640;

  private final Button start = new Button("Start capture");

  /**
   * @param toggleCapture starts a capture, or stops the one that is starting
   * @param chooseFiles asks for files and opens them
   */
  public StartView(StartModel model, Runnable toggleCapture, Runnable chooseFiles) {
    setId("start");
    setFitToWidth(true);
    setFitToHeight(true);
    getStyleClass().add("start");
    var title = new Label("What happened to my metrics?");
    title.getStyleClass().add(Styles.TITLE_2);
    var column =
        new VBox(
            16,
            title,
            capture(model, toggleCapture),
            open(model, chooseFiles),
            emitter(model),
            recent(model));
    column.setMaxWidth(WIDTH);
    column.setAlignment(Pos.CENTER_LEFT);
    var middle = new HBox(column);
    HBox.setHgrow(column, Priority.ALWAYS);
    middle.setAlignment(Pos.CENTER);
    middle.getStyleClass().add("start-page");
    setContent(middle);
  }

  /** Takes the keys, with what most come for. */
  public void focusFirst() {
    start.requestFocus();
  }

  private Node capture(StartModel model, Runnable toggleCapture) {
    start.setId("start-capture");
    start.getStyleClass().add(Styles.ACCENT);
    start.setOnAction(_ -> toggleCapture.run());
    return card(
        Feather.CIRCLE,
        "Capture here",
        "Runs the collector in this window. Send it something, for example:",
        new SendCommandView(model, "start"),
        start);
  }

  private static Node open(StartModel model, Runnable chooseFiles) {
    var choose = new Button("Open…");
    choose.setId("start-open");
    choose.setOnAction(_ -> chooseFiles.run());
    var sample = new Hyperlink("or look at a sample");
    sample.setId("start-sample");
    sample.setOnAction(_ -> model.openSample());
    var both = new HBox(10, choose, sample);
    both.setAlignment(Pos.CENTER_LEFT);
    return card(
        Feather.FOLDER,
        "Open a recording",
        "What a collector recorded, any file of MetricList records, or a collector's log. You can"
            + " also drop files on the window.",
        both);
  }

  private static Node emitter(StartModel model) {
    return card(
        Feather.ACTIVITY,
        "Start the sample emitter",
        "Captures here, and sends figures of this process to it.",
        EmitterView.withScale(model));
  }

  private static Node recent(StartModel model) {
    var head = new Label("RECENT");
    head.getStyleClass().addAll("section", "recent-head");
    var files = new VBox(2);
    files.setId("recent");
    var all = new VBox(4, head, files);
    Runnable show =
        () -> {
          files.getChildren().setAll(model.recent().stream().map(f -> file(f, model)).toList());
          all.setVisible(!model.recent().isEmpty());
          all.setManaged(all.isVisible());
        };
    model.recent().addListener((ListChangeListener<Path>) _ -> show.run());
    show.run();
    return all;
  }

  private static Node file(Path file, StartModel model) {
    var link = new Hyperlink(file.toString());
    link.setOnAction(_ -> model.open(file));
    return link;
  }

  private static Node card(Ikon icon, String title, String text, Node... more) {
    var head = new Label(title, new FontIcon(icon));
    head.getStyleClass().add(Styles.TITLE_4);
    head.setGraphicTextGap(10);
    var words = new Label(text);
    words.setWrapText(true);
    words.getStyleClass().add("quiet");
    var card = new VBox(10, head, words);
    card.getChildren().addAll(more);
    card.getStyleClass().add("card");
    return card;
  }
}
