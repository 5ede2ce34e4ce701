// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.model.book;

import dcos.metrics.collector.event.Event.BlockReceived;
import dcos.metrics.collector.event.Event.HeaderSeen;
import dcos.metrics.inspector.model.blocks.StreamDecoder;
import dcos.metrics.inspector.model.captured.CapturedSource;
import dcos.metrics.inspector.model.captured.StreamContainer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The containers of a source, one after the other: those of which a block is kept, and the last
 * one. Guarded by the recording's lock.
 */
final class SourceContainers {
  private final List<Container> kept = new ArrayList<>();
  private long count;

  /** A container, and how its blocks are read; without a header where that was not recorded. */
  private static final class Container {
    private final long number;
    // Of the recording's blocks, those from here on are of this container or a later one.
    private final int firstBlock;
    private final long offset;
    private final CapturedSource.@Nullable Header header;
    private final @Nullable StreamDecoder decoder;
    private boolean hasBlocks;

    private Container(
        long number,
        int firstBlock,
        long offset,
        CapturedSource.@Nullable Header header,
        @Nullable StreamDecoder decoder) {
      this.number = number;
      this.firstBlock = firstBlock;
      this.offset = offset;
      this.header = header;
      this.decoder = decoder;
    }

    private boolean isFollowedBy(BlockReceived block) {
      return offset < 0 || block.container() < 0 || offset == block.container();
    }
  }

  /**
   * One that begins.
   *
   * @param nextBlock the number that the recording's next block gets
   * @param firstKept the number of the first block that is kept
   */
  void begin(HeaderSeen seen, int nextBlock, int firstKept) {
    forgetBefore(firstKept);
    Container last = kept.isEmpty() ? null : kept.getLast();
    if (last != null && !last.hasBlocks) {
      kept.removeLast();
    }
    count++;
    CapturedSource.Header before = last == null ? null : last.header;
    boolean isSame = before != null && isSame(before, seen);
    var header =
        before != null && isSame
            ? before.with(seen.header(), seen.offset())
            : new CapturedSource.Header(
                seen.codec(), seen.writerSchema(), seen.rewritten(), seen.header(), seen.offset());
    StreamDecoder decoder =
        last != null && isSame
            ? last.decoder
            : StreamDecoder.of(seen.codec(), seen.writerSchema(), seen.rewritten());
    kept.add(new Container(count, nextBlock, seen.offset(), header, decoder));
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
   */
  void addBlock(int number, BlockReceived block) {
    if (kept.isEmpty()) {
      return;
    }
    if (!kept.getLast().isFollowedBy(block)) {
      Container earlier =
          kept.reversed().stream()
              .filter(container -> container.offset == block.container())
              .findFirst()
              .orElse(null);
      kept.add(
          earlier == null
              ? new Container(count, number, block.container(), null, null)
              : new Container(
                  earlier.number, number, earlier.offset, earlier.header, earlier.decoder));
    }
    kept.getLast().hasBlocks = true;
  }

  /** How many there were. */
  long count() {
    return count;
  }

  /** The header that came last; null before there was one. */
  CapturedSource.@Nullable Header last() {
    return kept.reversed().stream()
        .map(container -> container.header)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /** The header before a block; null where it is not known. */
  CapturedSource.@Nullable Header header(int block) {
    Container container = of(block);
    return container == null ? null : container.header;
  }

  /** What reads a block; null where its header is not known. */
  @Nullable StreamDecoder decoder(int block) {
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

  private static boolean isSame(CapturedSource.Header header, HeaderSeen seen) {
    return header.codec().equals(seen.codec())
        && header.rewritten() == seen.rewritten()
        && header.writerSchema().equals(seen.writerSchema());
  }

  private void forgetBefore(int firstKept) {
    int index = indexOf(firstKept);
    // A list is shortened at its front in steps, since that moves all of it.
    if (index > kept.size() / 2) {
      kept.subList(0, index).clear();
    }
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
