// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.shell;

import static dcos.metrics.inspector.testing.OnScreen.await;
import static dcos.metrics.inspector.testing.OnScreen.click;
import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.inspector.workspace.View;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** The filter line: what is typed, suggested, entered and stopped. */
class FilterInWindowTest extends ShownSample {
  @Start
  @Override
  void show(Stage stage) {
    super.show(stage);
  }

  @Test
  void entersWhatIsTypedWithTheFirstEnterAndGivesTheKeysToTheTable(FxRobot robot) {
    type("to", robot);
    assertThat(robot.lookup("#filter-hint").queryLabeled().getText()).isEqualTo("Enter applies");

    robot.push(KeyCode.ENTER);

    assertThat(sample.filters).containsExactly("to");
    assertThat(node("#suggestions", robot).isVisible()).isFalse();
    assertThat(robot.lookup("#filter-hint").queryLabeled().getText()).isEmpty();
    await("the table has the keys", () -> node("#metrics-table", robot).isFocused());
  }

  @Test
  void takesTheSuggestionThatTheArrowKeysChose(FxRobot robot) {
    type("to", robot);

    robot.push(KeyCode.DOWN).push(KeyCode.ENTER);

    assertThat(robot.lookup("#filter").queryAs(TextField.class).getText()).isEqualTo("topic:");
    assertThat(sample.filters).isEmpty();
    assertThat(node("#filter", robot).isFocused()).isTrue();
  }

  @Test
  void completesByTheTabKeyAndContinuesByItWhereThereIsNothingToComplete(FxRobot robot) {
    type("to", robot);

    robot.push(KeyCode.TAB);

    assertThat(robot.lookup("#filter").queryAs(TextField.class).getText()).isEqualTo("topic:");
    assertThat(node("#filter", robot).isFocused()).isTrue();
    robot.write("nosuchtopic ");
    robot.push(KeyCode.ESCAPE); // What is offered behind the blank.
    robot.push(KeyCode.TAB);
    assertThat(node("#filter", robot).isFocused()).isFalse();
  }

  @Test
  void closesTheSuggestionsWithEscAndStopsNothing(FxRobot robot) {
    type("to", robot);
    robot.interact(() -> sample.model.filter().progressProperty().set(0.4));

    robot.push(KeyCode.ESCAPE);

    assertThat(node("#suggestions", robot).isVisible()).isFalse();
    assertThat(sample.filters).isEmpty();
    robot.push(KeyCode.ESCAPE);
    assertThat(sample.filters).containsExactly("stop");
  }

  @Test
  void suggestsBelowTheLineAndBelowWhatIsWrongWithIt(FxRobot robot) {
    type("to", robot);
    Bounds line = onScreen("#filter", robot);
    assertThat(onScreen("#suggestions", robot).getMinY()).isGreaterThanOrEqualTo(line.getMaxY());
    assertThat(onScreen("#suggestions", robot).getMinX())
        .isBetween(line.getMinX() - 1, line.getMinX() + 1);

    robot.write("pic:");

    await(
        "the reason is seen",
        () ->
            onScreen("#filter-reason", robot).getHeight() > 0
                && onScreen("#suggestions", robot).getMinY()
                    >= onScreen("#filter-reason", robot).getMaxY());
  }

  @Test
  void reportsThatNothingMatchesAndShowsAllAgain(FxRobot robot) {
    robot.interact(sample::open);
    robot.interact(() -> sample.model.shown().viewProperty().set(View.RECORDS));
    Label empty = robot.lookup("#records-empty").queryAs(Label.class);
    assertThat(empty.getText()).isEqualTo("No record yet");

    robot.interact(() -> sample.model.filter().filterBy("topic:nope"));
    assertThat(empty.getText()).isEqualTo("Nothing matches the filter");
    click("#records-show-all", robot);

    assertThat(sample.filters).containsExactly("topic:nope", "");
    assertThat(node("#records-show-all", robot).isVisible()).isFalse();
  }

  private void type(String text, FxRobot robot) {
    robot.interact(sample::fill);
    robot.push(KeyCode.CONTROL, KeyCode.L);
    robot.write(text);
    await("suggestions", () -> node("#suggestions", robot).isVisible());
  }

  private static Node node(String query, FxRobot robot) {
    return robot.lookup(query).query();
  }

  private static Bounds onScreen(String query, FxRobot robot) {
    Node node = node(query, robot);
    return node.localToScene(node.getLayoutBounds());
  }
}
