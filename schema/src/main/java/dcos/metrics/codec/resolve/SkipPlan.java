// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.resolve;

import dcos.metrics.codec.binary.CorruptRecordException;
import dcos.metrics.codec.binary.ValueReader;
import dcos.metrics.codec.binary.ValueReader.ItemReader;
import java.util.List;

/** What is needed of a writer's type to pass over its values. Immutable once compiled. */
sealed interface SkipPlan {
  /** A value of this many bytes: 0 for a null, or a record of nulls. */
  record Fixed(int bytes) implements SkipPlan {
    static final Fixed NOTHING = new Fixed(0);
  }

  /** An int or a long. */
  record Integral() implements SkipPlan {}

  /** An enum: the index of one of so many symbols. */
  record SymbolType(int symbols) implements SkipPlan {}

  /** A string or bytes: a length, and as many bytes. */
  record TextType() implements SkipPlan {}

  /** An index, and a value of that branch. */
  record Union(List<SkipPlan> branches) implements SkipPlan {}

  /** Blocks of items. */
  record Array(SkipPlan items) implements SkipPlan {}

  /** Blocks of keys and values. */
  record Entries(SkipPlan values) implements SkipPlan {}

  /**
   * Passes over one value.
   *
   * @param in is at the value, and at its end afterwards
   * @throws CorruptRecordException if there is no such value
   */
  default void skip(ValueReader in) {
    switch (this) {
      case Fixed(int size) -> in.skip(size, "fixed");
      case Integral _ -> in.readLong("number");
      case SymbolType(int symbols) -> in.readIndex(symbols, "enum");
      case TextType _ -> in.skipText("text");
      case Union(List<SkipPlan> branches) ->
          branches.get(in.readIndex(branches.size(), "union")).skip(in);
      case Array(SkipPlan items) -> {
        in.enter();
        skipArray(in, items);
        in.leave();
      }
      case Entries(SkipPlan values) -> {
        in.enter();
        skipEntries(in, values);
        in.leave();
      }
      case RowType row -> {
        in.enter();
        for (SkipPlan field : row.fields()) {
          field.skip(in);
        }
        in.leave();
      }
    }
  }

  private static void skipArray(ValueReader in, SkipPlan item) {
    for (ItemReader items = in.beginItems(); items.count() > 0; items = in.beginItems()) {
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

  private static void skipEach(ValueReader in, ItemReader items, SkipPlan item) {
    if (items.count() > in.left()) {
      throw in.corruptCount(items); // an item that is not a Fixed has a byte at least
    }
    for (long i = 0; i < items.count(); i++) {
      item.skip(in);
    }
  }

  private static void skipEntries(ValueReader in, SkipPlan value) {
    for (ItemReader items = in.beginItems(); items.count() > 0; items = in.beginItems()) {
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
  final class RowType implements SkipPlan {
    private List<SkipPlan> fields = List.of();

    List<SkipPlan> fields() {
      return fields;
    }

    void complete(List<SkipPlan> all) {
      fields = List.copyOf(all);
    }
  }
}
