// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.index;

import dcos.metrics.collector.event.Event.BlockReceived;
import dcos.metrics.collector.event.Event.HeaderSeen;
import dcos.metrics.inspector.recording.state.CapturedSource;
import dcos.metrics.inspector.recording.state.StreamContainer;
import dcos.metrics.inspector.recording.store.BlockDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The containers of a source, one after the other: those of which a block is kept, a few without
 * blocks before each of them, and the last. Guarded by the recording's lock.
 */
final class SourceContainers {
  /** About what an entry takes besides the bytes and the schema of its header. */
  private static final int ENTRY_BYTES = 128;

  /** Among this many of the last, the same schema is looked for. */
  private static final int MAX_ALIKE = 16;

  /** Of consecutive containers without blocks, this many of the last are kept. */
  private static final int MAX_WITHOUT_BLOCKS = 16;

  /** Their bytes, unless a single one has more: nothing counts them before a block comes. */
  private static final long MAX_BYTES_WITHOUT_BLOCKS = 1 << 16;

  private final List<Container> kept = new ArrayList<>();
  private long count;
  private long lastOffset = -1;
  // How many of the last have no block, and their bytes.
  private int withoutBlocks;
  private long bytesWithoutBlocks;

  /** A container, and how its blocks are read; without a header where that was not recorded. */
  private static final class Container {
    private final long number;
    // Of the recording's blocks, those from here on are of this container or a later one.
    private final int firstBlock;
    private final long offset;
    private final CapturedSource.@Nullable CapturedHeader header;
    private final @Nullable BlockDecoder decoder;
    private final long ownBytes;

    private Container(
        long number,
        int firstBlock,
        long offset,
        CapturedSource.@Nullable CapturedHeader header,
        @Nullable BlockDecoder decoder,
        long ownBytes) {
      this.ownBytes = ownBytes;
      this.number = number;
      this.firstBlock = firstBlock;
      this.offset = offset;
      this.header = header;
      this.decoder = decoder;
    }

    /** Another one that shares the schema's text and what reads its blocks. */
    private Container again(long otherNumber, int nextBlock, HeaderSeen seen) {
      return new Container(
          otherNumber,
          nextBlock,
          seen.offset(),
          header == null ? null : header.with(seen.header(), seen.offset()),
          decoder,
          seen.header().length);
    }

    private long bytes() {
      return ENTRY_BYTES + ownBytes;
    }
  }

  /**
   * One that begins; not if it has begun before, as a snapshot and the events after it may both
   * have it.
   *
   * @param nextBlock the number that the recording's next block gets
   * @param firstKept the number of the first block that is kept
   */
  void begin(HeaderSeen seen, int nextBlock, int firstKept) {
    if (seen.offset() >= 0 && seen.offset() <= lastOffset) {
      return;
    }
    lastOffset = seen.offset();
    forgetBefore(firstKept);
    count++;
    add(
        alike(seen)
            .map(same -> same.again(count, nextBlock, seen))
            .orElseGet(() -> first(nextBlock, seen)));
    while (withoutBlocks > 1
        && (withoutBlocks > MAX_WITHOUT_BLOCKS || bytesWithoutBlocks > MAX_BYTES_WITHOUT_BLOCKS)) {
      bytesWithoutBlocks -= kept.remove(kept.size() - withoutBlocks).bytes();
      withoutBlocks--;
    }
  }

  private void add(Container container) {
    kept.add(container);
    withoutBlocks++;
    bytesWithoutBlocks += container.bytes();
  }

  /** One of the last that differs in its marker at most. */
  private Optional<Container> alike(HeaderSeen seen) {
    return kept.reversed().stream()
        .limit(MAX_ALIKE)
        .filter(container -> container.header != null && isSame(container.header, seen))
        .findFirst();
  }

  private Container first(int nextBlock, HeaderSeen seen) {
    var header =
        new CapturedSource.CapturedHeader(
            seen.codec(), seen.writerSchema(), seen.rewritten(), seen.header(), seen.offset());
    var decoder = BlockDecoder.of(seen.codec(), seen.writerSchema(), seen.rewritten());
    long schemaBytes = 2L * seen.writerSchema().length();
    return new Container(
        count, nextBlock, seen.offset(), header, decoder, seen.header().length + schemaBytes);
  }

  /** Whether this is what a snapshot says of the last one, whose bytes it may leave out. */
  boolean isLast(HeaderSeen seen) {
    if (kept.isEmpty()) {
      return false;
    }
    Container last = kept.getLast();
    boolean otherOffset = last.offset >= 0 && seen.offset() >= 0 && last.offset != seen.offset();
    return !otherOffset && last.header != null && isSame(last.header, seen);
  }

  /**
   * A block of the last one; or of another, whose header came earlier or was not recorded: then it
   * is not read by a header that is not its own.
   *
   * @param number of the block
   * @return how many bytes of memory the headers take that came since the last block
   */
  long addBlock(int number, BlockReceived block) {
    if (kept.isEmpty()) {
      return 0;
    }
    if (!block.mayFollow(kept.getLast().offset)) {
      Container earlier =
          kept.reversed().stream()
              .filter(container -> container.offset == block.container())
              .findFirst()
              .orElse(null);
      add(
          earlier == null
              ? new Container(count, number, block.container(), null, null, 0)
              : new Container(
                  earlier.number, number, earlier.offset, earlier.header, earlier.decoder, 0));
    }
    long bytes = bytesWithoutBlocks;
    withoutBlocks = 0;
    bytesWithoutBlocks = 0;
    return bytes;
  }

  /** How many there were. */
  long count() {
    return count;
  }

  /** The header that came last; null before there was one. */
  CapturedSource.@Nullable CapturedHeader last() {
    return kept.reversed().stream()
        .map(container -> container.header)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /** The header before a block; null where it is not known. */
  CapturedSource.@Nullable CapturedHeader header(int block) {
    Container container = of(block);
    return container == null ? null : container.header;
  }

  /**
   * The headers that are known of the containers after one, up to that of a block: the last is the
   * block's own, if that is known.
   *
   * @param last before them; null for those of a block and after
   * @param from the first block that counts if there is none before them
   */
  @SuppressWarnings("ReferenceEquality") // two containers of equal headers are still two
  List<CapturedSource.CapturedHeader> headers(
      CapturedSource.@Nullable CapturedHeader last, int from, int block) {
    List<CapturedSource.CapturedHeader> headers = new ArrayList<>();
    int first = last == null ? firstOf(from) : 0;
    for (int i = indexOf(block); i >= first; i--) {
      CapturedSource.CapturedHeader header = kept.get(i).header;
      if (header != null && header == last) {
        break;
      }
      if (header != null) {
        headers.addFirst(header);
      }
    }
    return headers;
  }

  /** What reads a block; null where its header is not known. */
  @Nullable BlockDecoder decoder(int block) {
    Container container = of(block);
    return container == null ? null : container.decoder;
  }

  /** Where the container of a block begins in the stream; -1 where that is not known. */
  long offset(int block) {
    Container container = of(block);
    return container == null ? -1 : container.offset;
  }

  /** The last ones whose headers are known, at most so many. */
  List<StreamContainer> last(int most) {
    List<StreamContainer> rows = new ArrayList<>();
    for (Container container : kept) {
      if (container.header != null) {
        rows.add(new StreamContainer(container.number, container.header));
      }
    }
    return rows.subList(Math.max(0, rows.size() - most), rows.size());
  }

  private static boolean isSame(CapturedSource.CapturedHeader header, HeaderSeen seen) {
    return header.codec().equals(seen.codec())
        && header.rewritten() == seen.rewritten()
        && header.writerSchema().equals(seen.writerSchema());
  }

  /** Those of which no block is kept, but for those without blocks right before the first. */
  private void forgetBefore(int firstKept) {
    int index = firstOf(firstKept);
    // A list is shortened at its front in steps, since that moves all of it.
    if (index > kept.size() / 2) {
      kept.subList(0, index).clear();
      if (withoutBlocks > kept.size()) {
        withoutBlocks = kept.size();
        bytesWithoutBlocks = kept.stream().mapToLong(Container::bytes).sum();
      }
    }
  }

  /** The index of the container of a block, or of those without blocks right before it. */
  private int firstOf(int block) {
    int before = indexOf(block - 1);
    boolean begins = before + 1 < kept.size() && kept.get(before + 1).firstBlock == block;
    return Math.max(0, begins ? before + 1 : before);
  }

  private @Nullable Container of(int block) {
    int index = indexOf(block);
    return index < 0 ? null : kept.get(index);
  }

  /** The last one that begins at a block or before; -1 if none does. */
  private int indexOf(int block) {
    int low = 0;
    int high = kept.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (kept.get(middle).firstBlock <= block) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return high;
  }
}
