// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.model.book;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.event.Event.HeaderSeen;
import dcos.metrics.inspector.model.captured.StreamContainer;
import dcos.metrics.inspector.testing.Happened;
import org.junit.jupiter.api.Test;

class SourceContainersTest {
  private final Happened happened = new Happened();
  private final SourceContainers containers = new SourceContainers();

  @Test
  void findsTheHeaderBeforeABlock() {
    containers.begin(header("null"), 5, 0);
    containers.addBlock(100);
    containers.begin(header("snappy"), 8, 0);

    assertThat(containers.header(4)).isNull();
    assertThat(containers.decoder(4)).isNull();
    assertThat(containers.header(5)).extracting(header -> header.codec()).isEqualTo("null");
    assertThat(containers.header(7)).extracting(header -> header.codec()).isEqualTo("null");
    assertThat(containers.header(8)).extracting(header -> header.codec()).isEqualTo("snappy");
    assertThat(containers.decoder(9)).isNotNull().isNotSameAs(containers.decoder(5));
  }

  @Test
  void keepsThoseOfWhichABlockIsKeptAndTheLast() {
    for (int block = 0; block < 1000; block++) {
      containers.begin(header("snappy"), block, Math.max(0, block - 10));
      containers.addBlock(100L * block);
    }

    assertThat(containers.count()).isEqualTo(1000);
    assertThat(containers.last(1000)).hasSizeBetween(11, 25);
    assertThat(containers.header(990)).isNotNull();
    assertThat(containers.last(1)).extracting(StreamContainer::number).containsExactly(1000L);
  }

  @Test
  void keepsOneWithoutBlocksUntilTheNextBegins() {
    for (int i = 0; i < 1000; i++) {
      containers.begin(header("snappy"), 0, 0);
    }

    assertThat(containers.count()).isEqualTo(1000);
    assertThat(containers.last(1000)).hasSize(1);
  }

  @Test
  void thoseOfTheSameSchemaShareItsText() {
    containers.begin(header("snappy"), 0, 0);
    containers.addBlock(100);
    containers.begin(header("snappy"), 1, 0);

    assertThat(containers.decoder(1)).isSameAs(containers.decoder(0));
    assertThat(containers.header(1)).isNotSameAs(containers.header(0));
  }

  private HeaderSeen header(String codec) {
    return new HeaderSeen(happened.now(), 1, codec, new String("{}"), false, new byte[30]);
  }
}
