// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.playback;

import dcos.metrics.codec.container.StreamBytes;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.EventTime;
import dcos.metrics.collector.recording.EventReader;
import dcos.metrics.collector.settings.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends the recorded input of a collector again: each recorded connection over a separate
 * connection, byte for byte, at its own pace or another; any other file of containers as it is. For
 * one run, on one thread.
 */
public final class Replay implements AutoCloseable {
  private static final int CONNECT_MS = 10_000;
  private static final int COPY_BYTES = 1 << 16;
  private static final long PROGRESS_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final Endpoint to;
  private final double speed;
  private final Consumer<ReplayProgress> onProgress;
  private final RecordedStreams streams = new RecordedStreams();
  private final Map<Long, StreamSending> open = new HashMap<>();
  private long connections;
  private long blocks;
  private long records;
  private long bytes;
  private long unknownRecords;
  private long unknownEvents;
  // Records that the recording counts and does not have.
  private long skippedRecords;
  // At most two lines per input.
  private final List<String> unreadable = new ArrayList<>();
  private long fileBytes;
  private long lastProgress = System.nanoTime();
  // When the last event happened, and when it was due here.
  private @Nullable EventTime last;
  private long due = System.nanoTime();

  /**
   * How far it is.
   *
   * @param records that were sent of recordings
   * @param unknownRecords that could not be sent, because the header of their stream was not
   *     recorded
   * @param bytes that were sent
   * @param fileBytes that were read of the file at hand
   */
  public record ReplayProgress(
      long connections,
      long blocks,
      long records,
      long unknownRecords,
      long bytes,
      long fileBytes) {}

  /** A connection, and the header that was sent last. */
  private static final class StreamSending {
    private final String name;
    private final Socket socket;
    private byte[] header = {};

    private StreamSending(String name, Socket socket) {
      this.name = name;
      this.socket = socket;
    }
  }

  /** The collector that it is sent to cannot be reached, or does not accept it. */
  private static final class TargetException extends IOException {
    private static final long serialVersionUID = 1;

    private TargetException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * @param speed how many times faster than it was; infinite is as fast as it goes
   * @param onProgress told now and then
   */
  public Replay(Endpoint to, double speed, Consumer<ReplayProgress> onProgress) {
    this.to = to;
    this.speed = speed;
    this.onProgress = onProgress;
  }

  /**
   * Sends an input. Connections that did not end in a recording stay open for the next one.
   *
   * @throws IOException if the input cannot be read or the collector does not accept it: one line
   *     that names it
   */
  public void send(PlaybackInput input) throws IOException, InterruptedException {
    fileBytes = 0;
    try (PlaybackInput.OpenedInput opened = input.open()) {
      if (opened.isRecording()) {
        sendAgain(input, opened.in());
      } else {
        sendAsItIs(opened.in());
      }
    } catch (TargetException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException(input + ": " + e.getMessage(), e);
    }
  }

  private void sendAgain(PlaybackInput input, InputStream in)
      throws IOException, InterruptedException {
    try (EventReader reader = EventReader.of(in)) {
      reader.onUnknownEvent(() -> unknownEvents++);
      for (Event event = reader.next(); event != null; event = reader.next()) {
        checkInterrupted();
        streams.see(event);
        send(event);
        fileBytes = reader.offset();
        report(false);
      }
      if (reader.skippedBlocks() > 0) {
        unreadable.add(input + ": not sent: damaged blocks: " + reader.skippedBlocks());
      }
      if (reader.lostFrom().isPresent()) {
        unreadable.add(input + ": " + Cat.lost(reader) + " not sent");
      } else if (reader.cutBytes() > 0) {
        unreadable.add(input + ": ends within a block, " + reader.cutBytes() + " bytes not sent");
      }
    }
  }

  /** Why some of the input was not sent, one line for each reason; empty if all was sent. */
  public List<String> unsent() {
    List<String> lines = new ArrayList<>(unreadable);
    if (unknownRecords > 0) {
      lines.add(
          unknownRecords + " records not sent: the headers of their streams were not recorded");
    }
    if (skippedRecords > 0) {
      lines.add(skippedRecords + " records not sent: the recorder had skipped them");
    }
    return lines;
  }

  /** How many events were skipped in recordings because only later versions know them. */
  public long unknownEvents() {
    return unknownEvents;
  }

  /** What was sent so far. */
  public ReplayProgress progress() {
    return new ReplayProgress(connections, blocks, records, unknownRecords, bytes, fileBytes);
  }

  /** Ends what is still open. */
  @Override
  public void close() throws IOException {
    for (long source : Set.copyOf(open.keySet())) {
      end(source);
    }
    report(true);
  }

  private void send(Event event) throws IOException, InterruptedException {
    switch (event) {
      case Event.Snapshot snapshot -> endAllBut(snapshot);
      case Event.HeaderSeen header -> {
        await(header.at());
        send(header);
      }
      case Event.BlockReceived block -> {
        await(block.at());
        send(block);
      }
      case Event.SourceClosed closed -> end(closed.source());
      case Event.Skipped skipped -> skippedRecords += skipped.records();
      default -> {}
    }
  }

  /** At once, since it may have no blocks. */
  private void send(Event.HeaderSeen header) throws IOException {
    Optional<byte[]> bytes = streams.lastHeader(header.source());
    if (bytes.isPresent()) {
      sendHeader(header.source(), bytes.get());
    }
  }

  private void send(Event.BlockReceived block) throws IOException {
    Optional<byte[]> header = streams.header(block);
    if (header.isEmpty()) {
      unknownRecords += block.records();
      return;
    }
    StreamSending sending = sendHeader(block.source(), header.get());
    byte[] sent = StreamBytes.block(block.records(), block.stored(), sending.header);
    write(sending.socket, sent, sent.length);
    blocks++;
    records += block.records();
  }

  /** Sends the header of a container over the source's connection, unless it was sent before. */
  @SuppressWarnings("ReferenceEquality") // a container's blocks share one array
  private StreamSending sendHeader(long source, byte[] header) throws IOException {
    StreamSending sending = open.get(source);
    if (sending == null) {
      sending = new StreamSending(streams.name(source), connect());
      open.put(source, sending);
    }
    if (sending.header != header) {
      sending.header = header;
      write(sending.socket, header, header.length);
    }
    return sending;
  }

  /** Of another run's sources, whose ids may be the same, none is open. */
  private void endAllBut(Event.Snapshot snapshot) throws IOException {
    Set<String> named = new HashSet<>();
    snapshot
        .sources()
        .forEach(source -> named.add(key(source.opened().source(), source.opened().name())));
    for (Map.Entry<Long, StreamSending> entry : Map.copyOf(open).entrySet()) {
      if (!named.contains(key(entry.getKey(), entry.getValue().name))) {
        end(entry.getKey());
      }
    }
  }

  private static String key(long id, String name) {
    return id + " " + name;
  }

  private void end(long source) throws IOException {
    StreamSending sending = open.remove(source);
    if (sending != null) {
      sending.socket.close();
    }
  }

  private void sendAsItIs(InputStream in) throws IOException, InterruptedException {
    try (Socket socket = connect()) {
      byte[] buffer = new byte[COPY_BYTES];
      for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
        checkInterrupted();
        write(socket, buffer, got);
        fileBytes += got;
        report(false);
      }
    }
  }

  private Socket connect() throws IOException {
    var socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(to.host(), to.port()), CONNECT_MS);
      connections++;
      return socket;
    } catch (IOException e) {
      socket.close();
      throw new TargetException("cannot connect to " + to + ": " + e.getMessage(), e);
    }
  }

  private void write(Socket socket, byte[] sent, int length) throws IOException {
    try {
      socket.getOutputStream().write(sent, 0, length);
    } catch (IOException e) {
      throw new TargetException(to + " takes no more: " + e.getMessage(), e);
    }
    bytes += length;
  }

  /** As fast as it goes, nothing else may wait. */
  private static void checkInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  private void await(EventTime at) throws InterruptedException {
    EventTime before = last;
    if (before != null && at.wallMs() < before.wallMs()) {
      return; // of a file that begins before the end of the one before
    }
    last = at;
    if (before == null || Double.isInfinite(speed)) {
      return;
    }
    long nanos = at.nanos() - before.nanos();
    long wallNanos = TimeUnit.MILLISECONDS.toNanos(at.wallMs() - before.wallMs());
    // Between two runs the clock that only goes on has another zero.
    boolean otherRun = nanos < 0 || nanos > wallNanos + TimeUnit.SECONDS.toNanos(60);
    due += (long) (Math.max(0, otherRun ? wallNanos : nanos) / speed);
    long left = due - System.nanoTime();
    if (left > 0) {
      TimeUnit.NANOSECONDS.sleep(left);
    }
  }

  private void report(boolean now) {
    if (now || System.nanoTime() - lastProgress >= PROGRESS_NANOS) {
      lastProgress = System.nanoTime();
      onProgress.accept(progress());
    }
  }
}
