// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.index;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.event.Event.BlockReceived;
import dcos.metrics.collector.event.Event.HeaderSeen;
import dcos.metrics.inspector.recording.state.CapturedSource;
import dcos.metrics.inspector.recording.state.StreamContainer;
import dcos.metrics.inspector.testing.Happened;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SourceContainersTest {
  private final Happened happened = new Happened();
  private final SourceContainers containers = new SourceContainers();

  @Test
  void findsTheHeaderBeforeABlock() {
    containers.begin(header("null"), 5, 0);
    containers.addBlock(5, block(-1));
    containers.begin(header("snappy"), 8, 0);

    assertThat(containers.header(4)).isNull();
    assertThat(containers.decoder(4)).isNull();
    assertThat(containers.header(5)).extracting(header -> header.codec()).isEqualTo("null");
    assertThat(containers.header(7)).extracting(header -> header.codec()).isEqualTo("null");
    assertThat(containers.header(8)).extracting(header -> header.codec()).isEqualTo("snappy");
    assertThat(containers.decoder(9)).isNotNull().isNotSameAs(containers.decoder(5));
  }

  @Test
  void keepsThoseOfWhichABlockIsKept() {
    for (int block = 0; block < 1000; block++) {
      containers.begin(header("snappy"), block, Math.max(0, block - 10));
      containers.addBlock(block, block(-1));
    }

    assertThat(containers.count()).isEqualTo(1000);
    assertThat(containers.last(1000)).hasSizeBetween(11, 25);
    assertThat(containers.header(990)).isNotNull();
    assertThat(containers.last(1)).extracting(StreamContainer::number).containsExactly(1000L);
  }

  @Test
  void keepsAFewWithoutBlocks() {
    for (int i = 0; i < 1000; i++) {
      containers.begin(header("snappy"), 0, 0);
    }

    assertThat(containers.count()).isEqualTo(1000);
    assertThat(containers.last(1000))
        .extracting(StreamContainer::number)
        .containsExactlyElementsOf(LongStream.rangeClosed(985, 1000).boxed().toList());
  }

  @Test
  void keepsOneWithoutBlocksWhereHeadersAreLarge() {
    for (int i = 0; i < 5; i++) {
      containers.begin(header("snappy", 100_000L * i, 65_000), 0, 0);
    }

    assertThat(containers.last(10)).extracting(StreamContainer::number).containsExactly(5L);
    assertThat(containers.addBlock(0, block(400_000))).isBetween(65_000L, 66_000L);
  }

  @Test
  void givesTheHeadersThatFollowOneUpToABlock() {
    containers.begin(header("null", 0), 0, 0);
    containers.begin(header("snappy", 100), 0, 0);
    containers.addBlock(0, block(100));
    containers.begin(header("deflate", 1000), 1, 0);
    containers.addBlock(1, block(5000)); // its header was skipped
    containers.addBlock(2, block(100)); // late
    containers.begin(header("null", 6000), 3, 0);

    assertThat(offsets(null, 0)).containsExactly(0L, 100L);
    CapturedSource.CapturedHeader second = containers.header(0);
    assertThat(offsets(second, 0)).isEmpty();
    assertThat(offsets(second, 1)).containsExactly(1000L);
    assertThat(offsets(containers.headers(second, 0, 1).getLast(), 2)).containsExactly(100L);
    assertThat(offsets(second, 2)).isEmpty();
    assertThat(offsets(second, 3)).containsExactly(6000L);
  }

  @Test
  void forgetsThoseWithoutBlocksOfABlockThatIsDropped() {
    for (int i = 0; i < 16; i++) {
      containers.begin(header("null"), 10, 0);
    }
    containers.begin(header("null"), 5000, 4000);
    containers.begin(header("null"), 5000, 4000);

    assertThat(containers.count()).isEqualTo(18);
    assertThat(containers.last(100)).extracting(StreamContainer::number).contains(17L, 18L);
    assertThat(containers.addBlock(5000, block(-1))).isBetween(2 * 30L, 4 * 200L);
  }

  @Test
  void givesNoHeaderOfContainersBeforeTheFirstBlock() {
    for (int i = 0; i < 10; i++) {
      containers.begin(header("null", 100L * i), i, 0);
      containers.addBlock(i, block(100L * i));
    }

    assertThat(containers.headers(null, 8, 9))
        .extracting(CapturedSource.CapturedHeader::offset)
        .containsExactly(800L, 900L);
  }

  private List<Long> offsets(CapturedSource.@Nullable CapturedHeader last, int block) {
    return containers.headers(last, 0, block).stream()
        .map(CapturedSource.CapturedHeader::offset)
        .toList();
  }

  @Test
  void thoseOfTheSameSchemaShareItsText() {
    containers.begin(header("snappy"), 0, 0);
    containers.addBlock(0, block(-1));
    containers.begin(header("snappy"), 1, 0);

    assertThat(containers.decoder(1)).isSameAs(containers.decoder(0));
    assertThat(containers.header(1)).isNotSameAs(containers.header(0));
  }

  @Test
  void readsNoBlockByAHeaderThatIsNotItsOwn() {
    containers.begin(header("null", 0), 0, 0);
    containers.addBlock(0, block(0));
    containers.begin(header("snappy", 900), 1, 0);
    containers.addBlock(1, block(900));
    containers.addBlock(2, block(1800)); // its header was skipped
    containers.addBlock(3, block(1800));
    containers.addBlock(4, block(900)); // a snapshot had told of a later header
    containers.begin(header("deflate", 2700), 5, 0);
    containers.addBlock(5, block(2700));

    assertThat(containers.header(1)).extracting(header -> header.codec()).isEqualTo("snappy");
    assertThat(containers.header(2)).isNull();
    assertThat(containers.decoder(3)).isNull();
    assertThat(containers.offset(3)).isEqualTo(1800);
    assertThat(containers.header(4)).isSameAs(containers.header(1));
    assertThat(containers.header(5)).extracting(header -> header.codec()).isEqualTo("deflate");
    assertThat(containers.last()).isSameAs(containers.header(5));
  }

  @Test
  void beginsNoneTwiceThatASnapshotAndTheEventsAfterItBothHave() {
    containers.begin(header("null", 0), 0, 0);
    containers.begin(header("null", 0), 0, 0);
    containers.addBlock(0, block(0));
    containers.begin(header("null", 900), 1, 0);
    containers.addBlock(1, block(900));
    containers.begin(header("null", 0), 2, 0); // of an older snapshot

    assertThat(containers.count()).isEqualTo(2);
    assertThat(containers.last()).isSameAs(containers.header(1));
  }

  @Test
  void countsTheMemoryOfAHeaderWithItsFirstBlock() {
    for (int i = 0; i < 1000; i++) {
      containers.begin(header("null", 900L * i), 0, 0);
    }

    assertThat(containers.addBlock(0, block(-1))).isBetween(16 * 30L, 16 * 200L);
    assertThat(containers.addBlock(1, block(-1))).isZero();
  }

  private BlockReceived block(long container) {
    return new BlockReceived(happened.now(), 1, 1, 100, 0, new byte[0], container);
  }

  private HeaderSeen header(String codec, long offset) {
    return header(codec, offset, 30);
  }

  private HeaderSeen header(String codec, long offset, int length) {
    return new HeaderSeen(happened.now(), 1, codec, "{}", false, new byte[length], offset);
  }

  private HeaderSeen header(String codec) {
    return new HeaderSeen(happened.now(), 1, codec, new String("{}"), false, new byte[30]);
  }
}
