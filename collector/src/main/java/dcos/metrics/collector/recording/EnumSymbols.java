// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.recording;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What an enum of {@code recording.avsc} calls the constants of one of ours. The names of symbols
 * never change, and new ones are added at the end, whatever becomes of the constants. Immutable.
 */
final class EnumSymbols<E extends Enum<E>> {
  private final List<EnumSymbol<E>> symbols;
  private final int[] indexByOrdinal;

  /** A symbol, and the constant that it means. */
  record EnumSymbol<E>(String name, E constant) {}

  /**
   * @param symbols all of them, in the schema's order
   * @throws IllegalArgumentException if a constant has none, or more than one
   */
  EnumSymbols(Class<E> type, List<EnumSymbol<E>> symbols) {
    this.symbols = List.copyOf(symbols);
    this.indexByOrdinal = new int[type.getEnumConstants().length];
    Set<E> constants = EnumSet.noneOf(type);
    for (int i = 0; i < symbols.size(); i++) {
      E constant = symbols.get(i).constant();
      constants.add(constant);
      indexByOrdinal[constant.ordinal()] = i;
    }
    if (constants.size() != indexByOrdinal.length || symbols.size() != indexByOrdinal.length) {
      throw new IllegalArgumentException(
          "%s needs one symbol per constant, has %s".formatted(type, symbols));
    }
  }

  static <E> EnumSymbol<E> symbol(String name, E constant) {
    return new EnumSymbol<>(name, constant);
  }

  int size() {
    return symbols.size();
  }

  /** The index of the constant's symbol. */
  int indexOf(E constant) {
    return indexByOrdinal[constant.ordinal()];
  }

  /** The constant of the symbol at an index. */
  E constant(int index) {
    return symbols.get(index).constant();
  }

  /** The names of the symbols, in the schema's order. */
  List<String> names() {
    return symbols.stream().map(EnumSymbol::name).toList();
  }
}
