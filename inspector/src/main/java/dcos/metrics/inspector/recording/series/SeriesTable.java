// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.series;

import dcos.metrics.Tag;
import dcos.metrics.codec.binary.AsciiText;
import dcos.metrics.codec.binary.Varint;
import dcos.metrics.codec.record.MetricListCodec;
import dcos.metrics.codec.record.RecordBlock;
import dcos.metrics.codec.record.RecordCursor;
import dcos.metrics.collector.filter.DatapointPredicate;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The latest of every series, and when there are too many, of those updated last. A datapoint of a
 * series that is known costs no object: its bytes are compared with those that stood there the last
 * time. Thread-safe.
 */
public final class SeriesTable {
  private static final VarHandle DOUBLE =
      MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

  private final int limit;
  private final long pointLimit;
  private final ReentrantLock lock = new ReentrantLock();
  // All of these are guarded by lock.
  private final BytesHashTable<SeriesGroup.GroupEncoding> spellings = new BytesHashTable<>();
  private final Map<SeriesGroup.GroupKey, SeriesGroup> groups = new HashMap<>();
  private SeriesGroup.@Nullable GroupEncoding lastSpelling;
  private @Nullable Series oldest;
  private @Nullable Series newest;
  private int size;
  private long nextId;
  private long dropped;
  private long datapoints;
  private long extraPoints;
  private long changes;
  // Where the record at hand is being read.
  private final AsciiText text = new AsciiText();
  private byte[] bytes = new byte[0];
  private int pos;

  /**
   * @param firstId of its series, which count up from there
   */
  public SeriesTable(int limit, long pointLimit, long firstId) {
    this.nextId = firstId;
    this.limit = limit;
    this.pointLimit = pointLimit;
  }

  /**
   * An empty one, of a third of the points, for some of what this one takes.
   *
   * @param number by which its series are told apart from those of others
   */
  public SeriesTable another(int number) {
    return new SeriesTable(limit, pointLimit / 3, (long) number << 40);
  }

  /** Takes the datapoints of the record that the cursor stands on; answers how many. */
  public int take(byte[] recordBytes, RecordCursor record) {
    return take(recordBytes, record, null);
  }

  /** Takes those of them that are wanted, or all; answers how many. */
  public int take(byte[] recordBytes, RecordCursor record, @Nullable DatapointPredicate wanted) {
    lock.lock();
    try {
      bytes = recordBytes;
      pos = record.tagsEnd();
      skipLong(); // the zero that ends the tags
      int taken = takeEach(record, wanted);
      datapoints += taken;
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private int takeEach(RecordCursor record, @Nullable DatapointPredicate wanted) {
    int taken = 0;
    SeriesGroup group = null;
    Series before = null;
    for (long left = beginItems(); left > 0; left = beginItems()) {
      for (; left > 0; left--) {
        int length = (int) readLong();
        int nameStart = pos;
        int nameEnd = nameStart + length;
        pos = nameEnd;
        long timeMs = readLong();
        double value = (double) DOUBLE.get(bytes, pos);
        pos += Double.BYTES;
        if (wanted != null && !wanted.test(text.of(bytes, nameStart, nameEnd), value)) {
          continue;
        }
        if (group == null) {
          group = group(record);
        }
        Series guess = before == null ? group.first : before.following;
        Series series =
            guess != null && !guess.gone() && guess.is(bytes, nameStart, nameEnd)
                ? guess
                : series(group, nameStart, nameEnd);
        add(series, timeMs, value);
        if (before == null) {
          group.first = series;
        } else {
          before.following = series;
        }
        before = series;
        taken++;
      }
    }
    return taken;
  }

  /** All series, the one updated longest ago first. */
  List<Series> all() {
    lock.lock();
    try {
      List<Series> all = new ArrayList<>(size);
      for (Series series = oldest; series != null; series = series.newer) {
        all.add(series);
      }
      return all;
    } finally {
      lock.unlock();
    }
  }

  /** How many series are kept. */
  public int size() {
    lock.lock();
    try {
      return size;
    } finally {
      lock.unlock();
    }
  }

  /** How many were let go for others. */
  public long dropped() {
    lock.lock();
    try {
      return dropped;
    } finally {
      lock.unlock();
    }
  }

  /** Changes whenever a series comes or goes. */
  long changes() {
    lock.lock();
    try {
      return changes;
    } finally {
      lock.unlock();
    }
  }

  /** How many datapoints were taken. */
  public long datapoints() {
    lock.lock();
    try {
      return datapoints;
    } finally {
      lock.unlock();
    }
  }

  /** In how many ways topics and tags were encoded, of those that are known. */
  int spellings() {
    lock.lock();
    try {
      return spellings.size();
    } finally {
      lock.unlock();
    }
  }

  /** Points beyond those that each series has for itself. */
  long extraPoints() {
    lock.lock();
    try {
      return extraPoints;
    } finally {
      lock.unlock();
    }
  }

  private void add(Series series, long timeMs, double value) {
    if (series.isFull()) {
      if (series.mayGrow() && extraPoints + series.capacity() <= pointLimit) {
        extraPoints += series.capacity();
        series.grow();
      } else {
        series.thin();
      }
    }
    series.add(timeMs, value);
    if (newest != series) {
      unlink(series);
      link(series);
    }
  }

  private SeriesGroup group(RecordCursor record) {
    int from = record.start();
    int to = record.tagsEnd();
    SeriesGroup.GroupEncoding last = lastSpelling;
    if (last != null && last.is(bytes, from, to)) {
      return last.group();
    }
    int hash = BytesHashTable.hash(bytes, from, to);
    SeriesGroup.GroupEncoding known = spellings.find(bytes, from, to, hash);
    if (known == null) {
      known =
          new SeriesGroup.GroupEncoding(
              Arrays.copyOfRange(bytes, from, to), hash, group(key(record)));
      if (spellings.size() > 2 * limit) {
        spellings.clear(); // they come back by themselves
      }
      spellings.add(known);
      known.group().spellings.add(known);
    }
    lastSpelling = known;
    return known.group();
  }

  private SeriesGroup group(SeriesGroup.GroupKey key) {
    return groups.computeIfAbsent(key, SeriesGroup::new);
  }

  private SeriesGroup.GroupKey key(RecordCursor record) {
    var one = new RecordBlock(bytes, record.start(), record.end() - record.start(), 1);
    var metrics = MetricListCodec.decode(one).getFirst();
    List<Tag> tags = new ArrayList<>(metrics.getTags());
    tags.sort(Comparator.comparing(Tag::getKey)); // stable: of a key that stands twice, the order
    return new SeriesGroup.GroupKey(metrics.getTopic(), List.copyOf(tags));
  }

  private Series series(SeriesGroup group, int from, int to) {
    int hash = BytesHashTable.hash(bytes, from, to);
    Series known = group.names.find(bytes, from, to, hash);
    if (known != null) {
      return known;
    }
    byte[] key = Arrays.copyOfRange(bytes, from, to);
    var made = new Series(nextId, group, key, hash, new String(key, StandardCharsets.UTF_8), lock);
    nextId++;
    group.names.add(made);
    // It may have emptied in the meantime, and been let go.
    groups.putIfAbsent(group.key(), group);
    link(made);
    size++;
    changes++;
    if (size > limit) {
      dropOldest();
    }
    return made;
  }

  private void dropOldest() {
    Series gone = oldest;
    if (gone == null) {
      return;
    }
    unlink(gone);
    gone.setGone();
    gone.following = null;
    SeriesGroup group = gone.group();
    group.names.remove(gone);
    if (group.names.size() == 0) {
      // Whoever still knew it would keep all that is gone.
      groups.remove(group.key(), group);
      group.first = null;
      group.spellings.forEach(spellings::remove);
      group.spellings.clear();
    }
    extraPoints -= gone.extraPoints();
    size--;
    dropped++;
  }

  private void link(Series series) {
    series.older = newest;
    series.newer = null;
    if (newest == null) {
      oldest = series;
    } else {
      newest.newer = series;
    }
    newest = series;
  }

  private void unlink(Series series) {
    if (series.older == null) {
      oldest = series.newer;
    } else {
      series.older.newer = series.newer;
    }
    if (series.newer == null) {
      newest = series.older;
    } else {
      series.newer.older = series.older;
    }
  }

  /** The count of an array's block; 0 ends the array. The cursor has checked all of it. */
  private long beginItems() {
    long declared = readLong();
    if (declared >= 0) {
      return declared;
    }
    skipLong(); // the block's size in bytes
    return -declared;
  }

  private void skipLong() {
    long _ = readLong();
  }

  private long readLong() {
    long value = Varint.get(bytes, pos);
    pos = Varint.behind(bytes, pos);
    return value;
  }
}
