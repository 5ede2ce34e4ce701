// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.codec.testing.BinaryWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TagCursorTest {
  @Test
  void stepsThroughNoTags() {
    assertThat(tags(BinaryWriter.record("t"))).isEmpty();
  }

  @Test
  void stepsThroughTagsInSeveralBlocks() {
    byte[] bytes =
        new BinaryWriter()
            .text("t")
            .number(2)
            .text("a")
            .text("1")
            .text("b")
            .text("")
            .number(-1)
            .number(4)
            .text("c")
            .text("3")
            .number(0)
            .number(0)
            .toBytes();

    assertThat(tags(bytes)).containsExactly("a=1", "b=", "c=3");
  }

  @Test
  void comparesKeysWhole() {
    byte[] bytes =
        new BinaryWriter().text("t").number(1).text("framework_id").text("f").raw(0, 0).toBytes();
    var record = new RecordCursor(bytes, 0, bytes.length);
    record.next();
    TagCursor tag = record.tags();

    assertThat(tag.next()).isTrue();
    assertThat(tag.keyIs("framework_id".getBytes(UTF_8))).isTrue();
    assertThat(tag.keyIs("framework_i".getBytes(UTF_8))).isFalse();
    assertThat(tag.keyIs("framework_ids".getBytes(UTF_8))).isFalse();
    assertThat(tag.next()).isFalse();
  }

  @Test
  void showsInvalidUtf8AsTheReplacementCharacter() {
    byte[] bytes =
        new BinaryWriter()
            .text("t")
            .number(1)
            .text("k")
            .text(new byte[] {'v', -1})
            .raw(0, 0)
            .toBytes();

    assertThat(tags(bytes)).containsExactly("k=v\ufffd");
  }

  private static List<String> tags(byte[] bytes) {
    var record = new RecordCursor(bytes, 0, bytes.length);
    assertThat(record.next()).isTrue();
    List<String> tags = new ArrayList<>();
    for (TagCursor tag = record.tags(); tag.next(); ) {
      tags.add(tag.key() + "=" + tag.value());
    }
    return tags;
  }
}
