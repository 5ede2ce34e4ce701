// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.resolve;

import dcos.metrics.codec.record.MetricListSchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The writer schemas of the open readers, each held once however many readers use it, within a
 * bound on the memory of all together. Those that nobody uses stay while there is room. A new
 * schema takes the place of others, in this order: those that nobody uses; those with which no
 * block was read yet; those with which none was read for a second, unless that was our delay. So
 * senders that only announce schemas never keep out one that sends records. Thread-safe.
 */
public final class WriterSchemaCache {
  private static final long CAPACITY_BYTES = 1 << 20;

  /** A schema is in use for this long after a block. */
  private static final long IN_USE_NANOS = Duration.ofSeconds(1).toNanos();

  /** Larger ones wait for each other before they wait for the parser, and smaller ones do not. */
  private static final int LARGE_CHARS = 16_384;

  private final long capacityBytes;
  private final LongSupplier nanoTime;
  // One schema is parsed at a time: parsing takes up to 16 times the text's memory, and no budget
  // counts that.
  private final ReentrantLock parsing = new ReentrantLock(true);
  private final ReentrantLock parsingLarge = new ReentrantLock(true);
  private final ReentrantLock lock = new ReentrantLock();
  // All below: guarded by lock.
  private final Map<String, CachedSchema> held = new HashMap<>();
  private long heldBytes;
  private long acquired;
  private long shortages;
  private boolean exhausted;

  public WriterSchemaCache(long capacityBytes) {
    this(capacityBytes, System::nanoTime);
  }

  /**
   * @param nanoTime a clock as {@link System#nanoTime}
   */
  public WriterSchemaCache(long capacityBytes, LongSupplier nanoTime) {
    this.capacityBytes = capacityBytes;
    this.nanoTime = nanoTime;
  }

  /** The one of this process. */
  public static WriterSchemaCache shared() {
    return Shared.INSTANCE;
  }

  /** A reader's use of a schema, until it is closed. Thread-safe. */
  public interface SchemaUse extends AutoCloseable {
    WriterSchema schema();

    /** A block of this schema was read. */
    void blockRead();

    /** From now on the reader waits for us: the schema is not dropped, if it has had a block. */
    void keep();

    /** From now on the reader waits for its sender. */
    void awaitSender();

    @Override
    void close();
  }

  /**
   * The schema of this text, until its use is closed.
   *
   * @param onDropped called at most once, by a reader whose schema takes the place of this one; it
   *     must not wait
   * @throws UnresolvableSchemaException if its records cannot be read as ours, or it does not fit
   *     beside those in use
   */
  public SchemaUse acquire(String text, Runnable onDropped) throws UnresolvableSchemaException {
    if (text.equals(MetricListSchema.TEXT)) {
      return new OwnUse();
    }
    SchemaUse known = use(text, onDropped);
    if (known != null) {
      return known;
    }
    if (WriterSchema.textBytes(text) > capacityBytes) {
      throw noRoom();
    }
    if (text.length() <= LARGE_CHARS) {
      return parse(text, onDropped);
    }
    parsingLarge.lock();
    try {
      return parse(text, onDropped);
    } finally {
      parsingLarge.unlock();
    }
  }

  public SchemaMemory memory() {
    lock.lock();
    try {
      boolean stillExhausted = exhausted && held.values().stream().allMatch(CachedSchema::isInUse);
      return new SchemaMemory(capacityBytes, heldBytes, shortages, stillExhausted);
    } finally {
      lock.unlock();
    }
  }

  private SchemaUse parse(String text, Runnable onDropped) throws UnresolvableSchemaException {
    parsing.lock();
    try {
      SchemaUse known = use(text, onDropped); // another reader may have parsed it meanwhile
      return known != null ? known : hold(SchemaResolver.parse(text), onDropped);
    } finally {
      parsing.unlock();
    }
  }

  private @Nullable SchemaUse use(String text, Runnable onDropped) {
    lock.lock();
    try {
      CachedSchema entry = held.get(text);
      return entry == null ? null : entry.use(onDropped);
    } finally {
      lock.unlock();
    }
  }

  private SchemaUse hold(WriterSchema schema, Runnable onDropped)
      throws UnresolvableSchemaException {
    List<Runnable> dropped = new ArrayList<>();
    lock.lock();
    try {
      if (schema.weightBytes() > capacityBytes) {
        throw noRoom();
      }
      List<CachedSchema> victims = victimsFor(schema.weightBytes());
      victims.forEach(victim -> drop(victim, dropped));
      exhausted = false;
      heldBytes += schema.weightBytes();
      CachedSchema entry = new CachedSchema(schema, ++acquired);
      held.put(schema.text(), entry);
      return entry.use(onDropped);
    } finally {
      lock.unlock();
      dropped.forEach(Runnable::run);
    }
  }

  /**
   * Which schemas make room for as many bytes.
   *
   * @throws UnresolvableSchemaException if those that are in use leave too little
   */
  private List<CachedSchema> victimsFor(long bytes) throws UnresolvableSchemaException {
    long missing = heldBytes + bytes - capacityBytes;
    List<CachedSchema> victims = new ArrayList<>();
    List<CachedSchema> candidates =
        held.values().stream()
            .filter(entry -> !entry.isInUse())
            .sorted(CachedSchema.NEXT_TO_DROP)
            .toList();
    for (CachedSchema candidate : candidates) {
      if (missing <= 0) {
        break;
      }
      victims.add(candidate);
      missing -= candidate.schema.weightBytes();
    }
    if (missing > 0) {
      exhausted = true;
      shortages++;
      throw noRoom();
    }
    return victims;
  }

  private void drop(CachedSchema victim, List<Runnable> dropped) {
    held.remove(victim.schema.text());
    heldBytes -= victim.schema.weightBytes();
    victim.users.forEach(user -> dropped.add(user.onDropped));
    if (!victim.users.isEmpty()) {
      shortages++;
    }
  }

  private UnresolvableSchemaException noRoom() {
    return new UnresolvableSchemaException(
        "unsupported schema: with those of the other connections it is above "
            + capacityBytes
            + " bytes");
  }

  /** A foreign schema, and who uses it. Guarded by the lock. */
  private final class CachedSchema {
    /** Unused ones, then those without a block, then the one that was used least recently. */
    private static final Comparator<CachedSchema> NEXT_TO_DROP =
        Comparator.comparing((CachedSchema entry) -> !entry.users.isEmpty())
            .thenComparing(entry -> entry.hasBlock)
            .thenComparingLong(entry -> entry.lastBlockNanos)
            .thenComparingLong(entry -> entry.number);

    private final WriterSchema schema;
    private final Set<ForeignUse> users = new HashSet<>();
    private long number;
    private boolean hasBlock;
    private long lastBlockNanos;

    private CachedSchema(WriterSchema schema, long number) {
      this.schema = schema;
      this.number = number;
    }

    private SchemaUse use(Runnable onDropped) {
      var use = new ForeignUse(this, onDropped);
      users.add(use);
      return use;
    }

    private boolean isInUse() {
      return !users.isEmpty()
          && hasBlock
          && (nanoTime.getAsLong() - lastBlockNanos < IN_USE_NANOS
              || users.stream().anyMatch(user -> user.kept));
    }
  }

  private final class ForeignUse implements SchemaUse {
    private final CachedSchema entry;
    private final Runnable onDropped;
    // Guarded by the lock.
    private boolean kept;

    private ForeignUse(CachedSchema entry, Runnable onDropped) {
      this.entry = entry;
      this.onDropped = onDropped;
    }

    @Override
    public WriterSchema schema() {
      return entry.schema;
    }

    @Override
    public void blockRead() {
      lock.lock();
      try {
        entry.hasBlock = true;
        entry.lastBlockNanos = nanoTime.getAsLong();
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void keep() {
      setKept(true);
    }

    @Override
    public void awaitSender() {
      setKept(false);
    }

    private void setKept(boolean isKept) {
      lock.lock();
      try {
        if (kept && !isKept) {
          entry.lastBlockNanos = nanoTime.getAsLong(); // it could not send another one before
        }
        kept = isKept;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void close() {
      lock.lock();
      try {
        entry.users.remove(this);
        exhausted = false;
        if (entry.users.isEmpty()) {
          entry.number = ++acquired;
        }
      } finally {
        lock.unlock();
      }
    }
  }

  private static final class OwnUse implements SchemaUse {
    @Override
    public WriterSchema schema() {
      return WriterSchema.OWN;
    }

    @Override
    public void blockRead() {
      // our own is held for ever
    }

    @Override
    public void keep() {
      // our own is held for ever
    }

    @Override
    public void awaitSender() {
      // our own is held for ever
    }

    @Override
    public void close() {
      // our own is held for ever
    }
  }

  private static final class Shared {
    private static final WriterSchemaCache INSTANCE = new WriterSchemaCache(CAPACITY_BYTES);
  }
}
