// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.index;

import dcos.metrics.collector.event.Event.BlockReceived;
import dcos.metrics.collector.event.Event.SourceClosed;
import dcos.metrics.inspector.recording.state.CapturedSource;
import dcos.metrics.inspector.recording.store.BlockDecoder;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A source while it is known. Guarded by the recording's lock. */
public final class IndexedSource {
  private final int number;
  private final long id;
  private final String name;
  private final long openedMs;
  final LedgerTermCounts counts = new LedgerTermCounts();
  final RecentRate rate = new RecentRate();
  private final SourceContainers containers = new SourceContainers();
  private CapturedSource.@Nullable SourceEnd end;
  private boolean plain;
  private long blocks;
  private long storedBytes;
  private long damagedBlocks;
  private int lastBlock = -1;

  IndexedSource(int number, long id, String name, long openedMs) {
    this.id = id;
    this.number = number;
    this.name = name;
    this.openedMs = openedMs;
  }

  public int number() {
    return number;
  }

  long id() {
    return id;
  }

  /** For the views. */
  public String name() {
    return name;
  }

  /** The containers of its stream. */
  SourceContainers containers() {
    return containers;
  }

  /** The header of the last of its containers; null while nothing came. */
  public CapturedSource.@Nullable CapturedHeader header() {
    return containers.last();
  }

  /** The header before one of its blocks; null where it is not known. */
  public CapturedSource.@Nullable CapturedHeader header(int block) {
    return containers.header(block);
  }

  /**
   * The headers after one, up to that of a block, those of containers without blocks as well.
   *
   * @param last before them; null for those of a block and after
   * @param from that block
   */
  public List<CapturedSource.CapturedHeader> headers(
      CapturedSource.@Nullable CapturedHeader last, int from, int block) {
    return containers.headers(last, from, block);
  }

  /** Where the container of one of its blocks begins in the stream; -1 if that is not known. */
  public long container(int block) {
    return containers.offset(block);
  }

  /** Its blocks are records in our own encoding, as the agent's are. */
  void plain() {
    plain = true;
  }

  void close(SourceClosed closed) {
    end = new CapturedSource.SourceEnd(closed.at().wallMs(), closed.cause(), closed.offset());
  }

  boolean isClosed() {
    return end != null;
  }

  /** Adds a block; returns how many bytes of memory the headers take that came before it. */
  long addBlock(int number, BlockReceived block, long bytes) {
    blocks++;
    storedBytes += bytes;
    lastBlock = number;
    return containers.addBlock(number, block);
  }

  void addDamaged() {
    damagedBlocks++;
  }

  int lastBlock() {
    return lastBlock;
  }

  /** What reads one of its blocks; null where its header is not known. */
  public @Nullable BlockDecoder decoder(int block) {
    BlockDecoder known = containers.decoder(block);
    return known == null && plain ? BlockDecoder.plain() : known;
  }

  public CapturedSource row(long nowMs) {
    return new CapturedSource(
        number,
        name,
        openedMs,
        Optional.ofNullable(header()),
        containers.count(),
        Optional.ofNullable(end),
        blocks,
        storedBytes,
        counts.toMap(),
        rate.perSecond(nowMs),
        damagedBlocks);
  }
}
