// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.resolve;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a value of a writer's type becomes one of a reader's. Immutable. */
sealed interface ConversionStep {
  /** A plain value of the same type on both sides; bytes and strings count as the same. */
  enum Value implements ConversionStep {
    TEXT,
    LONG,
    DOUBLE
  }

  /** A number of one type that becomes one of another: promoted, or narrowed where it fits. */
  record Numeric(Kind from, Kind to) implements ConversionStep {
    enum Kind {
      INT,
      LONG,
      FLOAT,
      DOUBLE
    }

    private boolean isNarrowing() {
      return to.ordinal() < from.ordinal();
    }
  }

  /** A value whose bytes stay as they are. */
  record Copied(SkipPlan shape) implements ConversionStep {}

  /**
   * Fixed bytes instead of the writer's value: a default, or the substitute for an unknown branch.
   *
   * @param replaced the writer's value; {@link SkipPlan.Fixed#NOTHING} where the writer has none
   */
  @SuppressWarnings("ArrayRecordComponent") // made once for a plan, and only read
  record Constant(SkipPlan replaced, byte[] bytes) implements ConversionStep {}

  /**
   * A value that does not resolve: one branch of a union, or the whole schema cannot be read.
   *
   * @param reason for the error message
   */
  record RefusedValue(String reason) implements ConversionStep {}

  /** An array, item by item; or a map, whose items are pairs of a key and a value. */
  record Items(ConversionStep item) implements ConversionStep {
    /** A map with these values. */
    static Items ofMap(SkipPlan shape, ConversionStep value) {
      var keyPart = new Part(new SkipPlan.TextType(), 0, Value.TEXT);
      return new Items(Fields.of(List.of(keyPart, new Part(shape, 1, value))));
    }
  }

  /** A writer's union: whichever branch a value has. */
  record Choice(List<ConversionStep> branches) implements ConversionStep {}

  /** A value that becomes a branch of a reader's union. */
  record Branch(int index, ConversionStep value) implements ConversionStep {}

  /**
   * A symbol of an enum.
   *
   * @param ours the reader's index for each of the writer's; {@link #NONE} where there is none
   */
  @SuppressWarnings("ArrayRecordComponent") // made once for a plan, and only read
  record Symbols(int[] ours) implements ConversionStep {
    static final int NONE = -1;
  }

  /** A value that becomes the constant if any part of it does not resolve. */
  record OrElse(ConversionStep value, Constant otherwise) implements ConversionStep {}

  /**
   * A record.
   *
   * @param parts the writer's fields in its order, without those that have no bytes, and constants
   *     for those of ours that the writer lacks
   * @param reordered whether ours have another order
   * @param ours how many of them are ours
   */
  record Fields(List<Part> parts, boolean reordered, int ours) implements ConversionStep {
    static Fields of(List<Part> parts) {
      int ours = 0;
      boolean reordered = false;
      for (Part part : parts) {
        if (part.step() != null) {
          reordered |= part.position() != ours;
          ours++;
        }
      }
      return new Fields(List.copyOf(parts), reordered, ours);
    }

    /**
     * Adds constants to the writer's fields: each where its position among ours is, so that fields
     * that were in order stay in order.
     *
     * @param missing constants of our fields that the writer lacks, by ascending position
     */
    static Fields of(List<Part> parts, List<Part> missing) {
      List<Part> all = new ArrayList<>(parts);
      for (Part constant : missing) {
        int at = 0;
        while (at < all.size() && all.get(at).position() < constant.position()) {
          at++;
        }
        all.add(at, constant);
      }
      return of(all);
    }
  }

  /**
   * A field of a record.
   *
   * @param shape of the writer's value
   * @param position which of our fields it is, or {@link #SKIPPED}
   * @param step null for one that we do not have
   */
  record Part(SkipPlan shape, int position, @Nullable ConversionStep step) {
    static final int SKIPPED = -1;

    static Part skipped(SkipPlan shape) {
      return new Part(shape, SKIPPED, null);
    }

    static Part constant(int position, byte[] bytes) {
      return new Part(
          SkipPlan.Fixed.NOTHING, position, new Constant(SkipPlan.Fixed.NOTHING, bytes));
    }
  }

  /** Why no value at all becomes one of ours; null where at least some do. */
  default @Nullable String refusal() {
    return switch (this) {
      case Value _, Numeric _, Copied _, Constant _, Symbols _, OrElse _ -> null;
      case RefusedValue(String reason) -> reason;
      case Items(ConversionStep item) -> item.refusal();
      case Branch(_, ConversionStep value) -> value.refusal();
      case Choice(List<ConversionStep> branches) -> refusalOfAll(branches);
      case Fields fields -> {
        for (Part part : fields.parts()) {
          String refusal = part.step() == null ? null : part.step().refusal();
          if (refusal != null) {
            yield refusal;
          }
        }
        yield null;
      }
    };
  }

  /** Whether a valid value of the writer's may have nothing to become. */
  default boolean mayRefuse() {
    return switch (this) {
      case Value _, Copied _, Constant _, OrElse _ -> false;
      case RefusedValue _ -> true;
      case Numeric number -> number.isNarrowing();
      case Symbols(int[] ours) -> {
        for (int index : ours) {
          if (index == Symbols.NONE) {
            yield true;
          }
        }
        yield false;
      }
      case Items(ConversionStep item) -> item.mayRefuse();
      case Branch(_, ConversionStep value) -> value.mayRefuse();
      case Choice(List<ConversionStep> branches) ->
          branches.stream().anyMatch(ConversionStep::mayRefuse);
      case Fields fields ->
          fields.parts().stream().anyMatch(part -> part.step() != null && part.step().mayRefuse());
    };
  }

  private static @Nullable String refusalOfAll(List<ConversionStep> branches) {
    String first = "an empty union";
    for (int i = 0; i < branches.size(); i++) {
      String refusal = branches.get(i).refusal();
      if (refusal == null) {
        return null;
      }
      first = i == 0 ? refusal : first;
    }
    return first;
  }
}
