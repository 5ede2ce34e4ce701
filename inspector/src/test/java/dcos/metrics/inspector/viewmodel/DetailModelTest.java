// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.inspector.testing.SampleWindow;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
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

  @Test
  void showsTheBytesOfANodeThatHasSomeUntilAnotherIsSelected() {
    Detail.Node body = new Detail.Node("body", "", 0, 2, List.of());
    AtomicInteger reads = new AtomicInteger();
    Detail.Node head = new Detail.Node("head", "", 0, 3, List.of());
    model.detailProperty().set(stream(head, body, reads, "1"));

    model.highlight(block());
    assertThat(model.bytesProperty().get().content()).hasSize(2);
    assertThat(model.below(block())).containsExactly(body);
    model.highlightByte(1);
    assertThat(model.highlightedProperty().get()).isSameAs(body);

    model.highlight(head);
    assertThat(model.bytesProperty().get().content()).hasSize(3);
    assertThat(reads).hasValue(1);
  }

  @Test
  void keepsWhatIsSelectedWhereTheSameIsToldAnew() {
    Detail.Node body = new Detail.Node("body", "", 0, 2, List.of());
    AtomicInteger reads = new AtomicInteger();
    Detail.Node head = new Detail.Node("head", "", 0, 3, List.of());
    model.detailProperty().set(stream(head, body, reads, "1"));
    model.highlight(block());
    model.highlight(body);

    model.detailProperty().set(stream(head, body, reads, "2"));

    assertThat(model.highlightedProperty().get()).isSameAs(body);
    assertThat(model.bytesProperty().get().content()).hasSize(2);
    assertThat(reads).hasValue(1);
  }

  @Test
  void forgetsWhatIsSelectedWhereItIsAnother() {
    model.detailProperty().set(SampleWindow.detail());
    model.highlightByte(8);

    model
        .detailProperty()
        .set(
            stream(
                new Detail.Node("head", "", 0, 3, List.of()),
                new Detail.Node("body", "", 0, 2, List.of()),
                new AtomicInteger(),
                "1"));

    assertThat(model.highlightedProperty().get()).isNull();
  }

  private Detail.Node block() {
    return Objects.requireNonNull(model.detailProperty().get()).root().children().getLast();
  }

  private static Detail stream(
      Detail.Node head, Detail.Node body, AtomicInteger reads, String count) {
    Detail.Node block =
        Detail.Node.of("block 1", "")
            .opening(
                () -> {
                  reads.incrementAndGet();
                  return new Detail.Bytes(new byte[2], 100, "", List.of(body));
                });
    return new Detail(
        new Detail.Subject.OfSource(1),
        Detail.Node.of("stream", count, head, block),
        new Detail.Bytes(new byte[3], 0, "", List.of(head)),
        List.of());
  }
}
