// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.resolve;

import dcos.metrics.codec.binary.CorruptRecordException;
import dcos.metrics.codec.binary.ExactSizeBuffer;
import dcos.metrics.codec.binary.ValueReader;
import dcos.metrics.codec.binary.Varint;
import java.util.Arrays;
import java.util.zip.DataFormatException;

/**
 * Writes values of another schema in our encoding, as a plan defines: straight from bytes to bytes,
 * text unchanged, nothing allocated for what a length declares. For one pass over one block.
 */
final class RecordConverter {
  private final ValueReader in;
  private final int limit;
  private byte[] out;
  private int length;

  /**
   * @param out replaced by a larger array when it is full
   * @param limit how many bytes may be written
   */
  RecordConverter(ValueReader in, byte[] out, int limit) {
    this.in = in;
    this.out = out;
    this.limit = limit;
  }

  /**
   * Rewrites a block of exactly {@code records} records.
   *
   * @throws CorruptRecordException at an index of {@code bytes}
   * @throws DataFormatException if there is more than the limit
   */
  static byte[] rewrite(byte[] bytes, int records, ConversionStep plan, int limit)
      throws DataFormatException {
    // Twice, because most of what grows is a float that becomes a double.
    int guess = (int) Math.min(2L * bytes.length, limit / 2);
    byte[] ours =
        ExactSizeBuffer.of(
            into ->
                new RecordConverter(new ValueReader(bytes), into, into.length).run(records, plan),
            guess,
            limit);
    if (ours == null) {
      throw new DataFormatException("block above " + limit + " bytes in our schema");
    }
    return ours;
  }

  private int run(int records, ConversionStep plan) {
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

  /** How many bytes were written since the last {@link #clear}. */
  int length() {
    return length;
  }

  /** The array that they are at the start of, until more are written. */
  byte[] array() {
    return out;
  }

  void clear() {
    length = 0;
  }

  /**
   * Writes the value that the walker is at.
   *
   * @throws UnsupportedValueException if there is nothing that it could become
   * @throws DataFormatException if it exceeds the limit
   */
  void rewriteOne(ConversionStep plan) throws DataFormatException {
    try {
      rewrite(plan);
    } catch (FullException _) {
      throw new DataFormatException("value above " + limit + " bytes in our schema");
    }
  }

  /**
   * Short, with a method per step: the collector's launcher bounds the memory of the JIT compiler
   * per method, and larger methods would stay interpreted.
   */
  private void rewrite(ConversionStep step) {
    switch (step) {
      case ConversionStep.Value value -> rewriteValue(value);
      case ConversionStep.Items items -> rewriteItems(items.item());
      case ConversionStep.Fields fields -> rewriteFields(fields);
      case ConversionStep.Choice choice -> rewriteChoice(choice);
      case ConversionStep.Numeric number -> rewriteNumber(number);
      case ConversionStep.Branch branch -> rewriteBranch(branch);
      case ConversionStep.Copied copied -> copyValue(copied.shape());
      case ConversionStep.Constant constant -> putConstant(constant);
      case ConversionStep.Symbols symbols -> rewriteSymbol(symbols.ours());
      case ConversionStep.OrElse choice -> rewriteOrElse(choice);
      case ConversionStep.RefusedValue refused -> refuse(in.position(), refused);
    }
  }

  private void rewriteFields(ConversionStep.Fields fields) {
    if (fields.reordered()) {
      rewriteReordered(fields);
    } else {
      rewriteInOrder(fields);
    }
  }

  private void rewriteChoice(ConversionStep.Choice choice) {
    int at = in.position();
    ConversionStep branch = choice.branches().get(in.readIndex(choice.branches().size(), "union"));
    if (branch instanceof ConversionStep.RefusedValue refused) {
      refuse(at, refused);
    }
    rewrite(branch);
  }

  private static void refuse(int at, ConversionStep.RefusedValue refused) {
    throw new UnsupportedValueException(at, refused.reason());
  }

  private void rewriteBranch(ConversionStep.Branch branch) {
    putLong(branch.index());
    rewrite(branch.value());
  }

  private void copyValue(SkipPlan shape) {
    int from = in.position();
    shape.skip(in);
    int size = in.position() - from;
    in.moveTo(from);
    copy(size);
  }

  private void putConstant(ConversionStep.Constant constant) {
    constant.replaced().skip(in);
    byte[] bytes = constant.bytes();
    reserve(bytes.length);
    System.arraycopy(bytes, 0, out, length, bytes.length);
    length += bytes.length;
  }

  private void rewriteSymbol(int[] ours) {
    int at = in.position();
    int symbol = in.readIndex(ours.length, "enum");
    if (ours[symbol] == ConversionStep.Symbols.NONE) {
      throw new UnsupportedValueException(at, "symbol " + symbol + " of an enum");
    }
    putLong(ours[symbol]);
  }

  private void rewriteOrElse(ConversionStep.OrElse choice) {
    int from = in.position();
    int before = length;
    try {
      rewrite(choice.value());
    } catch (UnsupportedValueException _) {
      in.moveTo(from);
      length = before;
      rewrite(choice.otherwise());
    }
  }

  private void rewriteValue(ConversionStep.Value value) {
    switch (value) {
      case TEXT -> {
        int size = in.readLength("text");
        putLong(size);
        copy(size);
      }
      case LONG -> putLong(in.readLong("long"));
      case DOUBLE -> putLittleEndian(in.readLittleEndian(Double.BYTES, "double"), Double.BYTES);
    }
  }

  private void rewriteNumber(ConversionStep.Numeric number) {
    int at = in.position();
    switch (number.from()) {
      case INT -> putIntegral(in.readInt(), number.to(), at);
      case LONG -> putIntegral(in.readLong("long"), number.to(), at);
      case FLOAT -> {
        int bits = (int) in.readLittleEndian(Float.BYTES, "float");
        putFloating(Float.intBitsToFloat(bits), number.to(), at);
      }
      case DOUBLE -> {
        long bits = in.readLittleEndian(Double.BYTES, "double");
        putFloating(Double.longBitsToDouble(bits), number.to(), at);
      }
    }
  }

  private void putIntegral(long value, ConversionStep.Numeric.Kind to, int at) {
    switch (to) {
      case INT -> {
        if (value != (int) value) {
          throw new UnsupportedValueException(at, value + " as an int");
        }
        putLong(value);
      }
      case LONG -> putLong(value);
      case FLOAT -> putLittleEndian(Float.floatToRawIntBits((float) value), Float.BYTES);
      case DOUBLE -> putDouble((double) value);
    }
  }

  private void putFloating(double value, ConversionStep.Numeric.Kind to, int at) {
    switch (to) {
      case INT, LONG -> {
        // A long's bounds, as the doubles next to them.
        if (!(value >= -0x1p63 && value < 0x1p63)) {
          throw new UnsupportedValueException(at, value + " as a long");
        }
        putIntegral(Math.round(value), to, at);
      }
      case FLOAT -> {
        if (Double.isFinite(value) && Float.isInfinite((float) value)) {
          throw new UnsupportedValueException(at, value + " as a float");
        }
        putLittleEndian(Float.floatToRawIntBits((float) value), Float.BYTES);
      }
      case DOUBLE -> putDouble(value);
    }
  }

  private void rewriteItems(ConversionStep item) {
    while (true) {
      ValueReader.ItemReader items = in.beginItems();
      putLong(items.count());
      if (items.count() == 0) {
        return;
      }
      if (items.count() > in.left()) {
        throw in.corruptCount(items); // an item of ours has a byte at least
      }
      for (long i = 0; i < items.count(); i++) {
        rewrite(item);
      }
      in.endItems(items);
    }
  }

  private void rewriteInOrder(ConversionStep.Fields fields) {
    for (ConversionStep.Part part : fields.parts()) {
      if (part.step() == null) {
        part.shape().skip(in);
      } else {
        rewrite(part.step());
      }
    }
  }

  private void rewriteReordered(ConversionStep.Fields fields) {
    int[] starts = new int[fields.ours()];
    ConversionStep[] steps = new ConversionStep[fields.ours()];
    for (ConversionStep.Part part : fields.parts()) {
      if (part.step() != null) {
        starts[part.position()] = in.position();
        steps[part.position()] = part.step();
      }
      part.shape().skip(in);
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
    putLittleEndian(Double.doubleToRawLongBits(value), Double.BYTES);
  }

  private void putLittleEndian(long bits, int size) {
    reserve(size);
    for (int i = 0; i < size; i++) {
      out[length++] = (byte) (bits >>> (Byte.SIZE * i));
    }
  }

  private void copy(int size) {
    reserve(size);
    in.copy(size, out, length);
    length += size;
  }

  private void reserve(int more) {
    if (more > out.length - length) {
      grow(more);
    }
  }

  private void grow(int more) {
    long needed = (long) length + more;
    if (needed > limit) {
      throw new FullException();
    }
    out = Arrays.copyOf(out, (int) Math.clamp(2L * out.length, needed, limit));
  }

  /** Ends a pass whose array is too short. */
  private static final class FullException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private FullException() {
      super(null, null, false, false);
    }
  }
}
