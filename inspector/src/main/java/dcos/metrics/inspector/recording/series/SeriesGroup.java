// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.series;

import dcos.metrics.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The series of one topic with the same tags. Guarded by the table's lock. */
final class SeriesGroup {
  private final GroupKey key;
  private final String tagsText;
  final BytesHashTable<Series> names = new BytesHashTable<>();
  final List<GroupEncoding> spellings = new ArrayList<>(1);
  // The series that the last record began with: a guess for the next.
  @Nullable Series first;

  SeriesGroup(GroupKey key) {
    this.key = key;
    this.tagsText =
        key.tags().stream()
            .map(tag -> tag.getKey() + "=" + tag.getValue())
            .collect(Collectors.joining(" "));
  }

  /** What makes it one group, however it was encoded. */
  record GroupKey(String topic, List<Tag> tags) {}

  /** One way in which its topic and tags were encoded. */
  static final class GroupEncoding extends BytesHashTable.BytesEntry {
    private final SeriesGroup group;

    GroupEncoding(byte[] key, int hash, SeriesGroup group) {
      super(key, hash);
      this.group = group;
    }

    SeriesGroup group() {
      return group;
    }
  }

  GroupKey key() {
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
