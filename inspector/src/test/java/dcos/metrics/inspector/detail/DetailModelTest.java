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
  void showsTheBytesOfWhatIsBrokenAtOnceAndNothingElseWhileItIsToldAnew() {
    Detail.Node head = new Detail.Node("head", "", 0, 3, List.of());
    Detail.Node found = new Detail.Node("first that differs", "", 0, 1, List.of()).toned(Tone.BAD);
    AtomicInteger reads = new AtomicInteger();
    model.detailProperty().set(stream(head, found, reads, "1", Tone.BAD));

    assertThat(model.highlightedProperty().get()).isSameAs(found);
    assertThat(model.bytesProperty().get().offset()).isEqualTo(100);
    assertThat(model.below(block())).containsExactly(found);

    model.highlight(head);
    Detail again = stream(head, found, reads, "2", Tone.BAD);
    model.detailProperty().set(again);
    assertThat(model.highlightedProperty().get()).isSameAs(again.root().children().getFirst());
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
    return stream(head, body, reads, count, Tone.QUIET);
  }

  private static Detail stream(
      Detail.Node head, Detail.Node body, AtomicInteger reads, String count, Tone tone) {
    Detail.Node block =
        Detail.Node.of("block 1", "")
            .toned(tone)
            .opening(
                () -> {
                  reads.incrementAndGet();
                  return new Detail.Bytes(new byte[2], 100, "", List.of(body));
                });
    return new Detail(
        new DetailSubject.OfSource(1),
        Detail.Node.of("stream", count, head, block),
        new Detail.Bytes(new byte[3], 0, "", List.of(head)),
        List.of());
  }
}
