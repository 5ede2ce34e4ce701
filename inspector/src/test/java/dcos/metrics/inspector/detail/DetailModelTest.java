// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.detail;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.inspector.format.StatusTone;
import dcos.metrics.inspector.testing.SampleWindow;
import dcos.metrics.inspector.workspace.DetailSubject;
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

    assertThat(model.highlightedProperty().get())
        .extracting(DetailContent.DetailNode::name)
        .isEqualTo("host");
  }

  @Test
  void highlightsTheWholeWhereNoFieldHoldsTheByte() {
    model.detailProperty().set(SampleWindow.detail());

    model.highlightByte(4);

    assertThat(model.highlightedProperty().get())
        .extracting(DetailContent.DetailNode::name)
        .isEqualTo("tags");
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
    DetailContent.DetailNode body = new DetailContent.DetailNode("body", "", 0, 2, List.of());
    AtomicInteger reads = new AtomicInteger();
    DetailContent.DetailNode head = new DetailContent.DetailNode("head", "", 0, 3, List.of());
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
    DetailContent.DetailNode head = new DetailContent.DetailNode("head", "", 0, 3, List.of());
    DetailContent.DetailNode found =
        new DetailContent.DetailNode("first that differs", "", 0, 1, List.of())
            .toned(StatusTone.BAD);
    AtomicInteger reads = new AtomicInteger();
    model.detailProperty().set(stream(head, found, reads, "1", StatusTone.BAD));

    assertThat(model.highlightedProperty().get()).isSameAs(found);
    assertThat(model.bytesProperty().get().offset()).isEqualTo(100);
    assertThat(model.below(block())).containsExactly(found);

    model.highlight(head);
    DetailContent again = stream(head, found, reads, "2", StatusTone.BAD);
    model.detailProperty().set(again);
    assertThat(model.highlightedProperty().get()).isSameAs(again.root().children().getFirst());
  }

  @Test
  void keepsWhatIsSelectedWhereTheSameIsToldAnew() {
    DetailContent.DetailNode body = new DetailContent.DetailNode("body", "", 0, 2, List.of());
    AtomicInteger reads = new AtomicInteger();
    DetailContent.DetailNode head = new DetailContent.DetailNode("head", "", 0, 3, List.of());
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
                new DetailContent.DetailNode("head", "", 0, 3, List.of()),
                new DetailContent.DetailNode("body", "", 0, 2, List.of()),
                new AtomicInteger(),
                "1"));

    assertThat(model.highlightedProperty().get()).isNull();
  }

  private DetailContent.DetailNode block() {
    return Objects.requireNonNull(model.detailProperty().get()).root().children().getLast();
  }

  private static DetailContent stream(
      DetailContent.DetailNode head,
      DetailContent.DetailNode body,
      AtomicInteger reads,
      String count) {
    return stream(head, body, reads, count, StatusTone.QUIET);
  }

  private static DetailContent stream(
      DetailContent.DetailNode head,
      DetailContent.DetailNode body,
      AtomicInteger reads,
      String count,
      StatusTone tone) {
    DetailContent.DetailNode block =
        DetailContent.DetailNode.of("block 1", "")
            .toned(tone)
            .opening(
                () -> {
                  reads.incrementAndGet();
                  return new DetailContent.DetailBytes(new byte[2], 100, "", List.of(body));
                });
    return new DetailContent(
        new DetailSubject.OfSource(1),
        DetailContent.DetailNode.of("stream", count, head, block),
        new DetailContent.DetailBytes(new byte[3], 0, "", List.of(head)),
        List.of());
  }
}
