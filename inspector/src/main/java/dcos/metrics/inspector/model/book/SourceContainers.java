// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.model.book;

import dcos.metrics.collector.event.Event.HeaderSeen;
import dcos.metrics.inspector.model.blocks.StreamDecoder;
import dcos.metrics.inspector.model.captured.CapturedSource;
import dcos.metrics.inspector.model.captured.StreamContainer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The containers of a source, one after the other: those of which a block is kept, and the last
 * one. Guarded by the recording's lock.
 */
final class SourceContainers {
  private final List<Container> kept = new ArrayList<>();
  private long count;

  /** A container, and how its blocks are read. */
  private static final class Container {
    private final long number;
    // Of the recording's blocks, those from here on are of this container or a later one.
    private final int firstBlock;
    private final CapturedSource.Header header;
    private final StreamDecoder decoder;
    private boolean hasBlocks;
    private long firstBlockOffset;

    private Container(
        long number, int firstBlock, CapturedSource.Header header, StreamDecoder decoder) {
      this.number = number;
      this.firstBlock = firstBlock;
      this.header = header;
      this.decoder = decoder;
    }

    private StreamContainer row() {
      long offset = firstBlockOffset - header.bytes().length;
      boolean isKnown = hasBlocks && header.bytes().length > 0;
      return new StreamContainer(number, isKnown ? offset : -1, header);
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
    kept.add(
        last != null && isSame(last.header, seen)
            ? new Container(count, nextBlock, last.header.withBytes(seen.header()), last.decoder)
            : new Container(
                count,
                nextBlock,
                new CapturedSource.Header(
                    seen.codec(), seen.writerSchema(), seen.rewritten(), seen.header()),
                StreamDecoder.of(seen.codec(), seen.writerSchema(), seen.rewritten())));
  }

  /** Whether this is what a snapshot says of the last one, whose bytes it may leave out. */
  boolean isLast(HeaderSeen seen) {
    return !kept.isEmpty() && isSame(kept.getLast().header, seen);
  }

  /** A block of the last one. */
  void addBlock(long offset) {
    if (!kept.isEmpty() && !kept.getLast().hasBlocks) {
      kept.getLast().hasBlocks = true;
      kept.getLast().firstBlockOffset = offset;
    }
  }

  /** How many there were. */
  long count() {
    return count;
  }

  /** The header of the last one; null before there was one. */
  CapturedSource.@Nullable Header last() {
    return kept.isEmpty() ? null : kept.getLast().header;
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

  /** The last ones, at most so many. */
  List<StreamContainer> last(int most) {
    return kept.subList(Math.max(0, kept.size() - most), kept.size()).stream()
        .map(Container::row)
        .toList();
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
