// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.start;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.inspector.testing.AskedActions;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.collections.FXCollections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartModelTest {
  private final AskedActions actions = new AskedActions();
  private final StartModel model = new StartModel(FXCollections.observableArrayList(), actions);

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.4, 0",
    "3.7, 4",
    "99.6, 100",
    "123, 120",
    "999, 1000",
    "1004, 1000",
    "3456, 3500",
    "5000, 5000"
  })
  void takesRoundRates(double dragged, double taken) {
    model.rateProperty().set(dragged);

    assertThat(model.rateProperty().get()).isEqualTo(taken);
  }

  @Test
  void emitsAtTheRoundRateThatASliderIsNear() {
    DoubleProperty slider = new SimpleDoubleProperty();
    slider.bindBidirectional(model.rateProperty());
    model.emit(true);

    slider.set(999);

    assertThat(actions.asked()).containsExactly("emit 100", "emit 1000");
  }
}
