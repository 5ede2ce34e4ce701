// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec;

import dcos.metrics.codec.BlockWalker.Items;
import java.util.List;

/** What is needed of a writer's type to pass over its values. Immutable once compiled. */
sealed interface Shape {
  /** A value of this many bytes: 0 for a null, or a record of nulls. */
  record Fixed(int bytes) implements Shape {
    static final Fixed NOTHING = new Fixed(0);
  }

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

  /**
   * Passes over one value.
   *
   * @param in is at the value, and at its end afterwards
   * @throws CorruptRecordException if there is no such value
   */
  default void skip(BlockWalker in) {
    switch (this) {
      case Fixed(int size) -> in.skip(size, "fixed");
      case Integral _ -> in.readLong("number");
      case Symbol(int symbols) -> in.readIndex(symbols, "enum");
      case Text _ -> in.skipText("text");
      case Union(List<Shape> branches) ->
          branches.get(in.readIndex(branches.size(), "union")).skip(in);
      case Array(Shape items) -> {
        in.enter();
        skipArray(in, items);
        in.leave();
      }
      case Entries(Shape values) -> {
        in.enter();
        skipEntries(in, values);
        in.leave();
      }
      case Row row -> {
        in.enter();
        for (Shape field : row.fields()) {
          field.skip(in);
        }
        in.leave();
      }
    }
  }

  private static void skipArray(BlockWalker in, Shape item) {
    for (Items items = in.beginItems(); items.count() > 0; items = in.beginItems()) {
      if (item instanceof Fixed(int size)) {
        // At once: as many nulls as a long can count take no bytes.
        if (size > 0 && items.count() > in.left() / size) {
          throw in.corruptCount(items);
        }
        in.skip((int) (size * items.count()), "fixed");
      } else {
        skipEach(in, items, item);
      }
      in.endItems(items);
    }
  }

  private static void skipEach(BlockWalker in, Items items, Shape item) {
    if (items.count() > in.left()) {
      throw in.corruptCount(items); // an item that is not a Fixed has a byte at least
    }
    for (long i = 0; i < items.count(); i++) {
      item.skip(in);
    }
  }

  private static void skipEntries(BlockWalker in, Shape value) {
    for (Items items = in.beginItems(); items.count() > 0; items = in.beginItems()) {
      if (items.count() > in.left()) {
        throw in.corruptCount(items);
      }
      for (long i = 0; i < items.count(); i++) {
        in.skipText("key");
        value.skip(in);
      }
      in.endItems(items);
    }
  }

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
