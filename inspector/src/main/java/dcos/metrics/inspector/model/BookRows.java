// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.model;

import java.util.List;
import java.util.Optional;

/** Puts together what the book says of streams, of times and of room. With its lock held. */
final class BookRows {
  private static final long LIVE_MS = 10_000;

  private final Book book;

  BookRows(Book book) {
    this.book = book;
  }

  long firstRecordAt(long wallMs) {
    BlockRef block = book.index.block(book.index.firstBlockAt(wallMs));
    return block == null ? book.index.nextRecord() : block.firstRecord();
  }

  List<CapturedSource> sources() {
    long now = now();
    return book.sources.all().stream().map(source -> source.row(now)).toList();
  }

  Optional<CapturedSource> source(int number) {
    return Optional.ofNullable(book.sources.number(number)).map(found -> found.row(now()));
  }

  List<StreamBlock> blocks(int source, int from, int most) {
    return book.index.blocksOf(source, from, most).stream()
        .map(
            block ->
                new StreamBlock(
                    block.number(),
                    block.offset(),
                    block.wallMs(),
                    block.firstRecord(),
                    block.records(),
                    block.length(),
                    block.damaged()))
        .toList();
  }

  List<CapturedTopic> topics() {
    return book.topics.rows(now());
  }

  double perSecond() {
    return book.rate.perSecond(now());
  }

  Storage storage(SeriesTable series, String problem) {
    return new Storage(
        book.index.diskBytes(),
        book.index.memoryBytes() + book.deliveries.memoryBytes(),
        book.index.droppedRecords(),
        book.deliveries.first(),
        series.size(),
        series.dropped(),
        series.datapoints(),
        book.damagedBlocks(),
        book.damagedRecords(),
        problem);
  }

  /** The time that rates are of: that of the last event, or this one while events come. */
  private long now() {
    long wall = System.currentTimeMillis();
    return wall - book.lastMs() < LIVE_MS ? wall : book.lastMs();
  }
}
