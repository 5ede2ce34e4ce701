// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.start;

import atlantafx.base.theme.Styles;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The command that sends something to a capture, and what copies it. */
public final class SendCommandView extends HBox {
  /**
   * @param id what the ids of its parts begin with
   */
  public SendCommandView(StartModel model, String id) {
    super(6);
    var command = new TextField();
    command.setId(id + "-command");
    command.setEditable(false);
    command.setFocusTraversable(false);
    command.getStyleClass().add("command");
    command.textProperty().bind(model.commandProperty());
    HBox.setHgrow(command, Priority.ALWAYS);
    var copy = new Button(null, new FontIcon(Feather.COPY));
    copy.setId(id + "-copy");
    copy.getStyleClass().add(Styles.BUTTON_ICON);
    copy.setAccessibleText("Copy the command");
    copy.setOnAction(
        _ -> {
          var content = new ClipboardContent();
          content.putString(command.getText());
          Clipboard.getSystemClipboard().setContent(content);
        });
    getChildren().addAll(command, copy);
  }
}
