// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec;

import java.util.zip.DataFormatException;

/**
 * Writes records of another schema in our encoding, as a plan says: straight from bytes to bytes,
 * text unchanged, nothing allocated for what a length declares. For one pass over one block.
 */
final class Rewriter {
  private final BlockWalker in;
  private final byte[] out;
  private int length;

  private Rewriter(byte[] in, byte[] out) {
    this.in = new BlockWalker(in);
    this.out = out;
  }

  /**
   * Rewrites a block of exactly so many records.
   *
   * @throws CorruptRecordException at an index of {@code bytes}
   * @throws DataFormatException if there is more than the limit
   */
  static byte[] rewrite(byte[] bytes, int records, Step plan, int limit)
      throws DataFormatException {
    // Twice, because most of what grows is a float that becomes a double.
    int guess = (int) Math.min(2L * bytes.length, limit / 2);
    byte[] ours = ExactArray.of(into -> new Rewriter(bytes, into).run(records, plan), guess, limit);
    if (ours == null) {
      throw new DataFormatException("block above " + limit + " bytes in our schema");
    }
    return ours;
  }

  private int run(int records, Step plan) {
    try {
      for (int i = 0; i < records; i++) {
        if (in.left() == 0) {
          throw CorruptRecordException.tooFew(in.position(), i, records);
        }
        rewrite(plan);
      }
    } catch (FullException _) {
      return -1;
    }
    if (in.left() > 0) {
      throw CorruptRecordException.tooMany(in.position(), in.position() + in.left(), records);
    }
    return length;
  }

  private void rewrite(Step step) {
    switch (step) {
      case Step.Value value -> rewriteValue(value);
      case Step.Items(Step item) -> rewriteItems(item);
      case Step.Fields fields -> {
        if (fields.reordered()) {
          rewriteReordered(fields);
        } else {
          rewriteInOrder(fields);
        }
      }
      case Step.Choice choice -> {
        int at = in.position();
        int branch = in.readIndex(choice.branches().size(), "union");
        if (choice.branches().get(branch) instanceof Step.Refused(String reason)) {
          throw new CorruptRecordException(at, "unsupported value: " + OneLine.of(reason, 200));
        }
        rewrite(choice.branches().get(branch));
      }
      case Step.Refused(String reason) ->
          throw new CorruptRecordException(
              in.position(), "unsupported value: " + OneLine.of(reason, 200));
    }
  }

  private void rewriteValue(Step.Value value) {
    switch (value) {
      case TEXT -> {
        int size = in.readLength("text");
        putLong(size);
        reserve(size);
        in.copy(size, out, length);
        length += size;
      }
      case INT -> putLong(in.readInt());
      case LONG -> putLong(in.readLong("long"));
      case DOUBLE -> putDoubleBits(in.readLittleEndian(Double.BYTES, "double"));
      case INT_TO_DOUBLE -> putDouble(in.readInt());
      case LONG_TO_DOUBLE -> putDouble((double) in.readLong("long"));
      case FLOAT_TO_DOUBLE ->
          putDouble(Float.intBitsToFloat((int) in.readLittleEndian(Float.BYTES, "float")));
    }
  }

  private void rewriteItems(Step item) {
    while (true) {
      BlockWalker.Items items = in.beginItems();
      putLong(items.count());
      if (items.count() == 0) {
        return;
      }
      if (items.count() > in.left()) {
        throw in.corruptCount(items); // no item of ours is without bytes
      }
      for (long i = 0; i < items.count(); i++) {
        rewrite(item);
      }
      in.endItems(items);
    }
  }

  private void rewriteInOrder(Step.Fields fields) {
    for (Step.Part part : fields.parts()) {
      if (part.step() == null) {
        in.skip(part.shape());
      } else {
        rewrite(part.step());
      }
    }
  }

  private void rewriteReordered(Step.Fields fields) {
    int[] starts = new int[fields.ours()];
    Step[] steps = new Step[fields.ours()];
    for (Step.Part part : fields.parts()) {
      if (part.step() != null) {
        starts[part.position()] = in.position();
        steps[part.position()] = part.step();
      }
      in.skip(part.shape());
    }
    int end = in.position();
    for (int i = 0; i < steps.length; i++) {
      in.moveTo(starts[i]);
      rewrite(steps[i]);
    }
    in.moveTo(end);
  }

  private void putLong(long value) {
    reserve(Varint.length(value));
    length = Varint.put(out, length, value);
  }

  private void putDouble(double value) {
    putDoubleBits(Double.doubleToRawLongBits(value));
  }

  private void putDoubleBits(long bits) {
    reserve(Double.BYTES);
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      out[length++] = (byte) (bits >>> shift);
    }
  }

  private void reserve(int more) {
    if (more > out.length - length) {
      throw new FullException();
    }
  }

  /** Ends a pass whose array is too short. */
  private static final class FullException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private FullException() {
      super(null, null, false, false);
    }
  }
}
