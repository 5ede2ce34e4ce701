// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.testing;

import dcos.metrics.Datapoint;
import dcos.metrics.MetricList;
import dcos.metrics.Tag;
import dcos.metrics.collector.settings.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumWriter;
import org.jspecify.annotations.Nullable;

/**
 * Sends one container over one connection, on and on: records that say by their tag n which of them
 * they are, from 0. What is sent is written by the Avro library.
 */
public final class NumberedSender implements AutoCloseable {
  private static final int PERIOD_MS = 10;

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("numbered-sender").daemon().factory());
  private final Socket socket;
  private final DataFileWriter<MetricList> container;
  private final String topic;
  // Guarded by this.
  private @Nullable ScheduledFuture<?> sending;
  // The sending thread's; read by others once that has been joined, or after send.
  private volatile int sent;

  /** Connects, and sends nothing but the container's header. */
  public NumberedSender(Endpoint to, String topic) throws IOException {
    this.topic = topic;
    socket = new Socket(to.host(), to.port());
    container = new DataFileWriter<>(new SpecificDatumWriter<>(MetricList.class));
    container.create(MetricList.getClassSchema(), socket.getOutputStream());
  }

  /** Sends so many more records as a block. */
  public synchronized void send(int records) throws IOException {
    for (int i = 0; i < records; i++) {
      container.append(
          new MetricList(
              topic,
              List.of(new Tag("n", Integer.toString(sent))),
              List.of(new Datapoint("cpu", System.currentTimeMillis(), sent / 2.0))));
      sent++;
    }
    container.sync();
    container.flush();
  }

  /** Sends so many records every hundredth of a second from now on. */
  public synchronized void start(int records) {
    sending =
        thread.scheduleAtFixedRate(
            () -> {
              try {
                send(records);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            0,
            PERIOD_MS,
            TimeUnit.MILLISECONDS);
  }

  /** Sends no more; answers how many it has sent, all of which have left. */
  public int stop() throws InterruptedException, ExecutionException {
    ScheduledFuture<?> running;
    synchronized (this) {
      running = sending;
      sending = null;
    }
    if (running != null) {
      if (running.isDone()) {
        throw new ExecutionException("sending has ended by itself", running.exceptionNow());
      }
      boolean _ = running.cancel(false);
    }
    thread.submit(() -> {}).get(); // Behind what is being sent.
    return sent;
  }

  @Override
  public void close() throws IOException {
    thread.shutdownNow();
    socket.close();
  }
}
