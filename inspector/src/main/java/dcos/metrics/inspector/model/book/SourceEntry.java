// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.model.book;

import dcos.metrics.collector.event.Event.HeaderSeen;
import dcos.metrics.collector.event.Event.SourceClosed;
import dcos.metrics.inspector.model.blocks.StreamDecoder;
import dcos.metrics.inspector.model.captured.CapturedSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A source while it is known. Guarded by the recording's lock. */
public final class SourceEntry {
  private final int number;
  private final long id;
  private final String name;
  private final long openedMs;
  final Tally tally = new Tally();
  final RecentRate rate = new RecentRate();
  private CapturedSource.@Nullable Header header;
  private CapturedSource.@Nullable End end;
  private @Nullable StreamDecoder decoder;
  private long blocks;
  private long storedBytes;
  private long damagedBlocks;
  private int lastBlock = -1;

  SourceEntry(int number, long id, String name, long openedMs) {
    this.id = id;
    this.number = number;
    this.name = name;
    this.openedMs = openedMs;
  }

  int number() {
    return number;
  }

  long id() {
    return id;
  }

  /** For whoever shows it. */
  public String name() {
    return name;
  }

  public void header(HeaderSeen seen) {
    header =
        new CapturedSource.Header(
            seen.codec(), seen.writerSchema(), seen.rewritten(), seen.header());
    decoder = StreamDecoder.of(seen.codec(), seen.writerSchema(), seen.rewritten());
  }

  /** What the stream began with; null while nothing came. */
  public CapturedSource.@Nullable Header header() {
    return header;
  }

  /** Its blocks are records in our own encoding, as the agent's are. */
  void plain() {
    if (decoder == null) {
      decoder = StreamDecoder.plain();
    }
  }

  void close(SourceClosed closed) {
    end = new CapturedSource.End(closed.at().wallMs(), closed.cause(), closed.offset());
  }

  boolean isClosed() {
    return end != null;
  }

  void addBlock(int block, long bytes) {
    blocks++;
    storedBytes += bytes;
    lastBlock = block;
  }

  void addDamaged() {
    damagedBlocks++;
  }

  int lastBlock() {
    return lastBlock;
  }

  /** Null while its header is not known: what it sent can not be decoded. */
  public @Nullable StreamDecoder decoder() {
    return decoder;
  }

  public CapturedSource row(long nowMs) {
    return new CapturedSource(
        number,
        name,
        openedMs,
        Optional.ofNullable(header),
        Optional.ofNullable(end),
        blocks,
        storedBytes,
        tally.toMap(),
        rate.perSecond(nowMs),
        damagedBlocks);
  }
}
