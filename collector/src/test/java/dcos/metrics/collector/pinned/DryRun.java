// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.pinned;

import dcos.metrics.collector.Pipeline;
import dcos.metrics.collector.StopReport;
import dcos.metrics.collector.outcome.LedgerTerm;
import dcos.metrics.collector.settings.Endpoint;
import dcos.metrics.collector.settings.OptionValues;
import dcos.metrics.collector.testing.Records;
import dcos.metrics.collector.testing.Streams;
import dcos.metrics.testkit.Await;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A whole collector that received a few records of one topic, without Kafka and an agent. */
final class DryRun implements AutoCloseable {
  private static final int RECORDS = 3;

  private final Pipeline pipeline;
  private final List<String> recordLines = new CopyOnWriteArrayList<>();

  /**
   * Runs it.
   *
   * @param options variables that set more options
   */
  DryRun(Map<String, String> options) throws Exception {
    Map<String, String> environment = new TreeMap<>(options);
    environment.put("KAFKA", "false");
    environment.put("AGENT_POLLING", "false");
    environment.put("LISTEN_ENDPOINT", "127.0.0.1:0");
    OptionValues values = OptionValues.of(Map.of(), environment);
    pipeline =
        new Pipeline(
            values.settings(), Pipeline.settingLines(values), "1", recordLines::add, _ -> {});
    pipeline.start();
    Endpoint endpoint = pipeline.endpoint();
    try (var socket = new Socket(InetAddress.getByName(endpoint.host()), endpoint.port())) {
      socket.getOutputStream().write(Streams.container(Records.many("web", RECORDS, 2)));
    }
    Await.until(
        "the records", () -> pipeline.ledger().total().records(LedgerTerm.RECEIVED) == RECORDS);
  }

  int httpPort() {
    return pipeline.httpPort().orElseThrow();
  }

  /** The lines of the record logs. */
  List<String> recordLines() {
    return recordLines;
  }

  StopReport stop() {
    return pipeline.stop(Duration.ofSeconds(10));
  }

  @Override
  public void close() {
    var _ = stop();
  }
}
