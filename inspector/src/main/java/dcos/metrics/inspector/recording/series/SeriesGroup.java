// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.model.series;

import dcos.metrics.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The series of one topic with the same tags. Guarded by the table's lock. */
final class SeriesGroup {
  private final Key key;
  private final String tagsText;
  final BytesTable<Series> names = new BytesTable<>();
  final List<Spelling> spellings = new ArrayList<>(1);
  // The series that the last record began with: a guess for the next.
  @Nullable Series first;

  SeriesGroup(Key key) {
    this.key = key;
    this.tagsText =
        key.tags().stream()
            .map(tag -> tag.getKey() + "=" + tag.getValue())
            .collect(Collectors.joining(" "));
  }

  /** What makes it one group, however it was encoded. */
  record Key(String topic, List<Tag> tags) {}

  /** One way in which its topic and tags were encoded. */
  static final class Spelling extends BytesTable.Entry {
    private final SeriesGroup group;

    Spelling(byte[] key, int hash, SeriesGroup group) {
      super(key, hash);
      this.group = group;
    }

    SeriesGroup group() {
      return group;
    }
  }

  Key key() {
    return key;
  }

  String topic() {
    return key.topic();
  }

  List<Tag> tags() {
    return key.tags();
  }

  String tagsText() {
    return tagsText;
  }
}
