// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.viewmodel;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is selected, decoded and as bytes.
 *
 * @param bytes as they came; not copied, nobody writes to it
 * @param offset where in its stream or file the first byte stands
 * @param link where else to look: its delivery, its records
 */
@SuppressWarnings("ArrayRecordComponent") // thousands of them, never compared nor written to
public record Detail(Node root, byte[] bytes, long offset, Optional<Notices.Action> link) {
  /**
   * A decoded value, and the bytes that it was decoded from.
   *
   * @param from the first byte, within the detail's bytes
   * @param to behind the last byte; equal to {@code from} where no byte stands for it
   */
  public record Node(String name, String value, int from, int to, List<Node> children) {
    public Node {
      Objects.checkFromToIndex(from, to, Integer.MAX_VALUE);
      children = List.copyOf(children);
    }

    /** The smallest node that holds a byte; this one where no child does. */
    public Node at(int position) {
      for (Node child : children) {
        if (child.from <= position && position < child.to) {
          return child.at(position);
        }
      }
      return this;
    }
  }
}
