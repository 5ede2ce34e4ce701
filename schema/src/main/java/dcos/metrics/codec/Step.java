// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a value of a writer's type becomes one of ours. Immutable. */
sealed interface Step {
  /** Why no value at all becomes one of ours; null where at least some do. */
  @Nullable String refusal();

  /** A plain value, by the types of both sides. */
  enum Value implements Step {
    TEXT,
    INT,
    LONG,
    DOUBLE,
    INT_TO_DOUBLE,
    LONG_TO_DOUBLE,
    FLOAT_TO_DOUBLE;

    @Override
    public @Nullable String refusal() {
      return null;
    }
  }

  /** A value that does not resolve: one branch of a union, or the whole schema is of no use. */
  record Refused(String reason) implements Step {
    @Override
    public String refusal() {
      return reason;
    }
  }

  /** An array, item by item. */
  record Items(Step item) implements Step {
    @Override
    public @Nullable String refusal() {
      return item.refusal();
    }
  }

  /** A writer's union: whichever branch a value has. */
  record Choice(List<Step> branches) implements Step {
    @Override
    public @Nullable String refusal() {
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

  /**
   * A record.
   *
   * @param parts the writer's fields in its order, but those without bytes
   * @param reordered whether ours come in another order
   * @param ours how many of them are ours
   */
  record Fields(List<Part> parts, boolean reordered, int ours) implements Step {
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

    @Override
    public @Nullable String refusal() {
      for (Part part : parts) {
        String refusal = part.step() == null ? null : part.step().refusal();
        if (refusal != null) {
          return refusal;
        }
      }
      return null;
    }
  }

  /**
   * A field of a writer's record.
   *
   * @param position which of our fields it is, or {@link #SKIPPED}
   * @param step null for one that we do not have
   */
  record Part(Shape shape, int position, @Nullable Step step) {
    static final int SKIPPED = -1;
  }
}
