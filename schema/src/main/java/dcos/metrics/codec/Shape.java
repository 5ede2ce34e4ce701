// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec;

import java.util.List;

/** What is needed of a writer's type to pass over its values. Immutable once compiled. */
sealed interface Shape {
  /** Of a value without bytes: a null, or a record of nulls. */
  Shape NOTHING = new Fixed(0);

  /** So many bytes. */
  record Fixed(int bytes) implements Shape {}

  /** An int or a long. */
  record Integral() implements Shape {}

  /** An enum: the index of one of so many symbols. */
  record Symbol(int symbols) implements Shape {}

  /** A string or bytes: a length, and as many bytes. */
  record Text() implements Shape {}

  /** An index, and a value of that branch. */
  record Union(List<Shape> branches) implements Shape {}

  /** Blocks of items. */
  record Array(Shape items) implements Shape {}

  /** Blocks of keys and values. */
  record Entries(Shape values) implements Shape {}

  /** Fields in a row, those without bytes left out. No record, because it may contain itself. */
  final class Row implements Shape {
    private List<Shape> fields = List.of();

    List<Shape> fields() {
      return fields;
    }

    void complete(List<Shape> all) {
      fields = List.copyOf(all);
    }
  }
}
