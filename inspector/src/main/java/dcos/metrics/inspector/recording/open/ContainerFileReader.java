// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.open;

import dcos.metrics.codec.container.ContainerLimits;
import dcos.metrics.codec.container.ContainerReader;
import dcos.metrics.codec.container.MalformedContainerException;
import dcos.metrics.codec.container.StreamHeader;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.EventTime;
import dcos.metrics.inspector.recording.store.BlockFile;
import dcos.metrics.inspector.recording.store.BlockStore;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A container of MetricLists, or several one after the other: a file that another tool wrote, a
 * stream that was saved, the value of a Kafka message. Read from block to block without looking
 * into them, so that its counts are there soon; the bytes stay where they are.
 */
final class ContainerFileReader {
  private static final int MAX_HEADER_BYTES = 1 << 20;
  private static final int MAX_BLOCK_BYTES = 1 << 28;
  private static final int SYNC_BYTES = 16;
  private static final int BATCH = 512;
  // Ids that no pipeline uses.
  private static final AtomicLong ids = new AtomicLong(-1);

  private final Path path;
  private final FileLoader.IndexFeed feed;
  private final long source = ids.getAndDecrement();
  private final EventTime at;
  private final List<BlockScanner.ScannedBlock> batch = new ArrayList<>();
  private long container;
  private long records;
  private long blocks;

  /** Of a file that was checked. */
  ContainerFileReader(Path path, FileLoader.IndexFeed feed) throws IOException {
    this.path = path;
    this.feed = feed;
    this.at = new EventTime(Files.getLastModifiedTime(path).toMillis(), 0);
  }

  @SuppressWarnings("ArrayRecordComponent") // read once, by this
  private record FileHead(StreamHeader header, byte[] bytes) {
    byte[] sync() {
      return Arrays.copyOfRange(bytes, bytes.length - SYNC_BYTES, bytes.length);
    }
  }

  /**
   * Reads the first header.
   *
   * @throws IOException if it is none of MetricLists
   */
  static void check(Path path) throws IOException {
    var _ = head(path, 0);
  }

  private static FileHead head(Path path, long offset) throws IOException {
    var limits = new ContainerLimits(MAX_HEADER_BYTES, MAX_BLOCK_BYTES);
    List<byte[]> raw = new ArrayList<>();
    try (InputStream file = Files.newInputStream(path)) {
      file.skipNBytes(offset);
      try (var reader = new ContainerReader(new BufferedInputStream(file), limits)) {
        StreamHeader header = reader.readHeader(raw::add);
        return new FileHead(header, raw.getFirst());
      }
    } catch (MalformedContainerException e) {
      throw new MalformedContainerException(offset + e.offset(), e.reason());
    }
  }

  void read() throws IOException {
    long size = Files.size(path);
    BlockFile file = BlockFile.of(path);
    var frames = new BlockScanner(file, size, MAX_BLOCK_BYTES);
    feed.enter(
        () ->
            feed.recordingIndex()
                .enter(new Event.SourceOpened(at, source, "file " + path.getFileName())));
    do {
      if (beginContainer(frames)) {
        readBlocks(frames, file);
      }
    } while (!feed.progress().stopped && frames.isAtHeader());
    feed.progress().skipped.addAndGet(frames.skipped());
    String problem = frames.problem();
    var closed =
        new Event.SourceClosed(
            at,
            source,
            problem,
            problem.isEmpty() ? size : frames.problemOffset(),
            blocks,
            records);
    feed.enter(() -> feed.recordingIndex().enter(closed));
  }

  /** Reads the header at the position; false if it is invalid, and nothing more can be read. */
  private boolean beginContainer(BlockScanner frames) throws IOException {
    long offset = frames.position();
    FileHead head;
    try {
      head = head(path, offset);
    } catch (MalformedContainerException e) {
      frames.loseRest(e.offset(), e.reason());
      return false;
    }
    StreamHeader header = head.header();
    feed.enter(
        () ->
            feed.recordingIndex()
                .enter(
                    new Event.HeaderSeen(
                        at,
                        source,
                        header.codec(),
                        header.writerSchema(),
                        header.rewritten(),
                        head.bytes(),
                        offset)));
    container = offset;
    feed.progress().readBytes.addAndGet(header.lengthBytes());
    frames.begin(offset + header.lengthBytes(), head.sync());
    return true;
  }

  private void readBlocks(BlockScanner frames, BlockFile file) throws IOException {
    long before = frames.position();
    BlockScanner.@Nullable ScannedBlock frame;
    do {
      frame = feed.progress().stopped ? null : frames.next();
      if (frame != null) {
        batch.add(frame);
        records += frame.records();
        blocks++;
      }
      if (frame == null || batch.size() == BATCH) {
        feed.enter(() -> batch.forEach(each -> enter(each, file)));
        batch.clear();
        feed.progress().readBytes.addAndGet(frames.position() - before);
        before = frames.position();
      }
    } while (frame != null);
  }

  private void enter(BlockScanner.ScannedBlock frame, BlockStore file) {
    var block =
        new Event.BlockReceived(
            at,
            ids.getAndDecrement(),
            source,
            frame.offset(),
            frame.records(),
            new byte[0],
            container);
    feed.recordingIndex().enter(block, file, frame.bodyAt(), frame.length());
  }
}
