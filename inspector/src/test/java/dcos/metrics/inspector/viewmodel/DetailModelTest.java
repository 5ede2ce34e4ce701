// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.inspector.testing.SampleWindow;
import org.junit.jupiter.api.Test;

class DetailModelTest {
  private final DetailModel model = new DetailModel();

  @Test
  void highlightsTheSmallestFieldThatAByteBelongsTo() {
    model.detailProperty().set(SampleWindow.detail());

    model.highlightByte(8);

    assertThat(model.highlightedProperty().get()).extracting(Detail.Node::name).isEqualTo("host");
  }

  @Test
  void highlightsTheWholeWhereNoFieldHoldsTheByte() {
    model.detailProperty().set(SampleWindow.detail());

    model.highlightByte(4);

    assertThat(model.highlightedProperty().get()).extracting(Detail.Node::name).isEqualTo("tags");
  }

  @Test
  void forgetsTheHighlightWithWhatItWasIn() {
    model.detailProperty().set(SampleWindow.detail());
    model.highlightByte(8);

    model.detailProperty().set(null);

    assertThat(model.highlightedProperty().get()).isNull();
  }

  @Test
  void writesALineWithWhatIsHighlighted() {
    HexLine line = HexLine.of(SampleWindow.detail().bytes(), 0, 5, 13);

    assertThat(line.parts())
        .containsExactly("00001a40  ", "06 77 65 62 02 ", "08 68 6f ", " ", ".web.", ".ho", "");
  }

  @Test
  void knowsTheByteOfEveryLetter() {
    assertThat(HexLine.byteAt(9)).isEmpty();
    assertThat(HexLine.byteAt(10)).hasValue(0);
    assertThat(HexLine.byteAt(33)).hasValue(7);
    assertThat(HexLine.byteAt(34)).isEmpty();
    assertThat(HexLine.byteAt(35)).hasValue(0);
    assertThat(HexLine.byteAt(42)).hasValue(7);
    assertThat(HexLine.byteAt(43)).isEmpty();
  }
}
