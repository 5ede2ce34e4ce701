// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.playback;

import dcos.metrics.codec.container.BlockHeader;
import dcos.metrics.codec.container.ContainerLimits;
import dcos.metrics.codec.container.ContainerReader;
import dcos.metrics.codec.container.MalformedContainerException;
import dcos.metrics.codec.container.StreamBytes;
import dcos.metrics.codec.record.RecordBlock;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.recording.EventReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The sources of a recording, as far as it was read. Not thread-safe. */
final class RecordedStreams {
  private static final ContainerLimits LIMITS =
      new ContainerLimits(EventReader.MAX_HEADER_BYTES, EventReader.MAX_BLOCK_BYTES);

  // Magic and sync marker: a recorded header that is shorter was not kept, or is damaged.
  private static final int MIN_HEADER_BYTES = 20;

  private static final byte[] OWN_HEADER = StreamBytes.ownHeader();

  private final Map<Long, RecordedStream> streams = new HashMap<>();

  /** A source, and the last of its containers. */
  private record RecordedStream(String name, Optional<Header> header) {
    /** Whether a snapshot says something else of it. */
    boolean differsFrom(Event.OpenSource source) {
      return !name.equals(source.opened().name())
          || source.header().filter(seen -> header.isEmpty() || !header.get().is(seen)).isPresent();
    }

    /** Whether a header is later than the last one that is known. */
    boolean isBefore(Event.HeaderSeen other) {
      return header.isEmpty() || header.get().seen().offset() < other.offset();
    }
  }

  /**
   * A container's header.
   *
   * @param bytes as they were sent, or like it
   */
  @SuppressWarnings("ArrayRecordComponent") // only read
  private record Header(Event.HeaderSeen seen, byte[] bytes) {
    static Header of(Event.HeaderSeen seen) {
      byte[] bytes =
          seen.header().length >= MIN_HEADER_BYTES
              ? seen.header()
              : StreamBytes.header(seen.writerSchema(), seen.codec());
      return new Header(seen, bytes);
    }

    /** Whether it may be the same: a snapshot leaves out the bytes. */
    boolean is(Event.HeaderSeen other) {
      boolean otherOffset =
          seen.offset() >= 0 && other.offset() >= 0 && seen.offset() != other.offset();
      return !otherOffset
          && seen.codec().equals(other.codec())
          && seen.writerSchema().equals(other.writerSchema());
    }
  }

  /** Takes what an event says of sources. */
  public void see(Event event) {
    switch (event) {
      case Event.Snapshot snapshot -> {
        Set<Long> open =
            snapshot.sources().stream()
                .map(source -> source.opened().source())
                .collect(Collectors.toSet());
        streams.keySet().retainAll(open);
        for (Event.OpenSource source : snapshot.sources()) {
          RecordedStream known = streams.get(source.opened().source());
          if (known == null || known.differsFrom(source)) {
            see(source.opened());
            source.header().ifPresent(this::see);
          }
        }
      }
      case Event.SourceOpened opened ->
          streams.put(opened.source(), new RecordedStream(opened.name(), Optional.empty()));
      case Event.HeaderSeen seen ->
          streams.put(
              seen.source(), new RecordedStream(name(seen.source()), Optional.of(Header.of(seen))));
      case Event.SourceClosed closed -> streams.remove(closed.source());
      default -> {}
    }
  }

  /**
   * Takes the sources and headers that a snapshot has beyond those that are known: it may be older
   * than the events that were seen, if these are of another file.
   */
  public void complete(Event.Snapshot snapshot) {
    for (Event.OpenSource source : snapshot.sources()) {
      RecordedStream known = streams.get(source.opened().source());
      if (known == null) {
        see(source.opened());
      }
      source.header().filter(seen -> known == null || known.isBefore(seen)).ifPresent(this::see);
    }
  }

  /** The name as in the ledger; derived from the id where the recording has none. */
  public String name(long source) {
    RecordedStream stream = streams.get(source);
    return stream == null ? "source " + source : stream.name();
  }

  /**
   * The header of a block's container: as it was sent, where that was recorded, or one like it; of
   * our schema for what the agent said. The same array for all blocks of a container. Empty if it
   * is not known: it was not recorded, or another one was meanwhile.
   */
  public Optional<byte[]> header(Event.BlockReceived block) {
    if (block.offset() < 0) {
      return Optional.of(OWN_HEADER);
    }
    RecordedStream stream = streams.get(block.source());
    return stream == null
        ? Optional.empty()
        : stream
            .header()
            .filter(header -> block.mayFollow(header.seen().offset()))
            .map(Header::bytes);
  }

  /**
   * The header of the last container of a source: as it was sent, or one like it. Empty if none is
   * known. The array that {@link #header} gives for its blocks.
   */
  public Optional<byte[]> lastHeader(long source) {
    RecordedStream stream = streams.get(source);
    return stream == null ? Optional.empty() : stream.header().map(Header::bytes);
  }

  /**
   * A block's records, in our encoding; empty if nothing is known of its stream.
   *
   * @throws MalformedContainerException if its contents do not match its counts
   */
  public Optional<RecordBlock> records(Event.BlockReceived block)
      throws MalformedContainerException {
    Optional<byte[]> header = header(block);
    if (header.isEmpty()) {
      return Optional.empty();
    }
    byte[] bytes = StreamBytes.block(block.records(), block.stored(), header.get());
    var in =
        new SequenceInputStream(
            new ByteArrayInputStream(header.get()), new ByteArrayInputStream(bytes));
    try (var reader = new ContainerReader(in, LIMITS)) {
      reader.readHeader();
      BlockHeader blockHeader = reader.nextBlockHeader();
      return blockHeader == null ? Optional.empty() : Optional.of(reader.readBlock(blockHeader));
    } catch (MalformedContainerException e) {
      throw e;
    } catch (IOException e) {
      throw new IllegalStateException("an array gives everything", e);
    }
  }
}
