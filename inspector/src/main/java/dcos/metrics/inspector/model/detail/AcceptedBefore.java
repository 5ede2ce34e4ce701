// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.model.detail;

import dcos.metrics.collector.event.Verdict;
import dcos.metrics.inspector.model.blocks.BlockFacts;
import dcos.metrics.inspector.model.blocks.BlockRef;
import dcos.metrics.inspector.model.blocks.StreamDecoder;
import dcos.metrics.inspector.model.book.Book;
import dcos.metrics.inspector.model.book.SourceEntry;
import dcos.metrics.inspector.model.captured.CapturedRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the connection of a record had sent in the time before it, and had accepted. Known without
 * reading all of it only where its blocks are stored as they are.
 */
public final class AcceptedBefore {
  /** Whoever asks waits: no more blocks are looked at, and no more of them are read. */
  private static final int MOST_BLOCKS = 10_000;

  private static final int MOST_READ = 32;

  private final Book book;
  private final RecordReader reader;
  // Blocks of which just some records were accepted, and how many of the first count.
  private final List<Share> shares = new ArrayList<>();
  private long records;
  private long bytes;

  /** Asks nothing yet; for one question. */
  public AcceptedBefore(Book book, RecordReader reader) {
    this.book = book;
    this.reader = reader;
  }

  /**
   * Records that were accepted.
   *
   * @param bytes in our encoding, before tags
   */
  public record Sum(long records, long bytes) {}

  private record Share(BlockRef block, BlockFacts facts, int first) {}

  /** In the time before a record; empty where that is not known. */
  public Optional<Sum> of(long record, long spanMs) {
    boolean isKnown = book.ask(() -> look(record, spanMs));
    if (!isKnown || shares.size() > MOST_READ) {
      return Optional.empty();
    }
    shares.forEach(this::read);
    return Optional.of(new Sum(records, bytes));
  }

  /** With the lock held; answers whether all of that time is kept, and can be summed up. */
  private boolean look(long record, long spanMs) {
    BlockRef at = book.index().blockOfRecord(record);
    if (at == null || !isPlain(book.sources().number(at.source()))) {
      return false;
    }
    int from = book.index().firstBlockAt(at.wallMs() - spanMs);
    boolean isCut = from == book.index().firstBlock() && book.index().droppedRecords() > 0;
    if (isCut || at.number() - from > MOST_BLOCKS) {
      return false;
    }
    for (int number = from; number <= at.number(); number++) {
      BlockRef block = book.index().block(number);
      BlockFacts facts = block == null ? null : book.index().facts(number);
      if (block == null || facts == null) {
        return false;
      }
      if (block.source() == at.source()) {
        int first = number == at.number() ? (int) (record - at.firstRecord()) : block.records();
        take(new Share(block, facts, first));
      }
    }
    return true;
  }

  private static boolean isPlain(@Nullable SourceEntry source) {
    StreamDecoder decoder = source == null ? null : source.decoder();
    return decoder != null && decoder.isPlain();
  }

  private void take(Share share) {
    int accepted = 0;
    for (int i = 0; i < share.first(); i++) {
      accepted += isAccepted(share.facts(), i) ? 1 : 0;
    }
    records += accepted;
    if (accepted == share.block().records()) {
      bytes += share.block().length();
    } else if (accepted > 0) {
      shares.add(share);
    }
  }

  private void read(Share share) {
    for (CapturedRecord record : reader.records(share.block().firstRecord(), share.first())) {
      if (isAccepted(share.facts(), (int) (record.number() - share.block().firstRecord()))) {
        bytes += record.bytes();
      }
    }
  }

  private static boolean isAccepted(BlockFacts facts, int record) {
    return facts.verdict(record) == Verdict.ACCEPTED.ordinal();
  }
}
