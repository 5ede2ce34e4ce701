// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The writer schemas of the open readers, each held once however many readers use it, and within a
 * bound on the memory of all together. Those that nobody uses stay while there is room.
 * Thread-safe.
 */
final class WriterSchemas {
  private static final long CAPACITY_BYTES = 4L << 20;

  private final long capacityBytes;
  // One schema is parsed at a time: parsing takes up to 16 times the text's memory, and no budget
  // counts that.
  private final ReentrantLock parsing = new ReentrantLock();
  private final ReentrantLock lock = new ReentrantLock();
  // By text, the one that became unused last at the end; guarded by lock.
  private final Map<String, Held> held = new LinkedHashMap<>();
  private long heldBytes;

  WriterSchemas(long capacityBytes) {
    this.capacityBytes = capacityBytes;
  }

  /** The one of this process. */
  static WriterSchemas shared() {
    return Shared.INSTANCE;
  }

  /**
   * The schema of this text, until it is released.
   *
   * @throws UnusableSchemaException if its records cannot be read as ours, or there is no room
   */
  WriterSchema acquire(String text) throws UnusableSchemaException {
    if (text.equals(OwnSchema.TEXT)) {
      return WriterSchema.OWN;
    }
    WriterSchema known = use(text);
    if (known != null) {
      return known;
    }
    parsing.lock();
    try {
      known = use(text); // somebody may have parsed it meanwhile
      return known != null ? known : hold(WriterSchemaParser.parse(text));
    } finally {
      parsing.unlock();
    }
  }

  /** Undoes one acquire. */
  void release(WriterSchema schema) {
    lock.lock();
    try {
      Held entry = held.get(schema.text());
      if (entry == null) {
        return; // ours, which is not held here
      }
      entry.users--;
      if (entry.users == 0) {
        held.remove(schema.text());
        held.put(schema.text(), entry);
      }
    } finally {
      lock.unlock();
    }
  }

  long heldBytes() {
    lock.lock();
    try {
      return heldBytes;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable WriterSchema use(String text) {
    lock.lock();
    try {
      Held entry = held.get(text);
      if (entry == null) {
        return null;
      }
      entry.users++;
      return entry.schema;
    } finally {
      lock.unlock();
    }
  }

  private WriterSchema hold(WriterSchema schema) throws UnusableSchemaException {
    lock.lock();
    try {
      dropUnused(schema.weightBytes());
      if (heldBytes + schema.weightBytes() > capacityBytes) {
        throw new UnusableSchemaException(
            "unsupported schema: with those of the other connections it is above "
                + capacityBytes
                + " bytes");
      }
      heldBytes += schema.weightBytes();
      held.put(schema.text(), new Held(schema));
      return schema;
    } finally {
      lock.unlock();
    }
  }

  /** Makes room for so many bytes, as far as that is possible; the longest unused go first. */
  private void dropUnused(long bytes) {
    for (Iterator<Held> all = held.values().iterator();
        all.hasNext() && heldBytes + bytes > capacityBytes; ) {
      Held entry = all.next();
      if (entry.users == 0) {
        all.remove();
        heldBytes -= entry.schema.weightBytes();
      }
    }
  }

  private static final class Held {
    private final WriterSchema schema;
    private int users = 1;

    private Held(WriterSchema schema) {
      this.schema = schema;
    }
  }

  private static final class Shared {
    private static final WriterSchemas INSTANCE = new WriterSchemas(CAPACITY_BYTES);
  }
}
