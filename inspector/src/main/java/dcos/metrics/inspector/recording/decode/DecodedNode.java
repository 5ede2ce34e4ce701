// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.decode;

import java.util.List;

/**
 * A decoded value, and the bytes that it was decoded from.
 *
 * @param name of the field, or its place in an array such as {@code [3]}
 * @param value as text; what it holds, where it has children
 * @param from the first byte
 * @param to behind the last byte
 */
public record DecodedNode(String name, String value, int from, int to, List<DecodedNode> children) {
  public DecodedNode {
    children = List.copyOf(children);
  }

  /** One without children. */
  public static DecodedNode leaf(String name, String value, int from, int to) {
    return new DecodedNode(name, value, from, to, List.of());
  }
}
