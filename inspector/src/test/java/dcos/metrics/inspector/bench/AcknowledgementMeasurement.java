// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.bench;

import static dcos.metrics.inspector.bench.Measurement.number;
import static dcos.metrics.inspector.bench.Measurement.quantile;

import dcos.metrics.inspector.app.WholeWindow;
import dcos.metrics.inspector.deliveries.DeliveryRow;
import dcos.metrics.inspector.format.StatusTone;
import dcos.metrics.inspector.table.RowWindow;
import dcos.metrics.inspector.workspace.View;
import dcos.metrics.testkit.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.application.Platform;

/**
 * From Kafka's answer, as the pipeline stamped it, until the delivery's row says so and the frame
 * has been laid out. The broker is a real one in a process of its own. Arguments: the package's
 * folder, which is not used; seconds; records a second.
 */
final class AcknowledgementMeasurement {
  private static final int GOAL_MS = 200;
  private static final Duration WARM = Duration.ofSeconds(8);

  // FX thread only: for each delivery that was seen to be acknowledged, how late, in milliseconds.
  private final Map<Long, Double> late = new HashMap<>();
  private long fromMillis = Long.MAX_VALUE;

  private AcknowledgementMeasurement() {}

  public static void main(String[] args) throws Exception {
    var time = Duration.ofSeconds(args.length > 1 ? Long.parseLong(args[1]) : 20);
    long rate = args.length > 2 ? Long.parseLong(args[2]) : 5000;
    Path folder = Files.createTempDirectory("acknowledgement");
    Path port = folder.resolve("port");
    List<String> command = new ArrayList<>(TableBenchmark.java());
    command.addAll(List.of("dcos.metrics.testkit.broker.BrokerProgram", "19092", port.toString()));
    Process broker =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      Await.until("the broker listens", Duration.ofMinutes(1), () -> Files.exists(port));
      new AcknowledgementMeasurement().run(folder, Files.readString(port).strip(), rate, time);
    } finally {
      boolean _ = broker.toHandle().destroy();
      int _ = broker.waitFor();
    }
    Files.delete(port);
    Files.deleteIfExists(folder.resolve("window.properties"));
    Files.delete(folder);
    System.exit(0);
  }

  private void run(Path folder, String port, long rate, Duration time) throws Exception {
    Map<String, String> settings = new HashMap<>(Capture.DRY);
    settings.put("KAFKA", "true");
    settings.put("KAFKA_BROKERS", "127.0.0.1:" + port);
    settings.put("KAFKA_FLUSH_MS", "100");
    Platform.startup(() -> {});
    try (var window = WholeWindow.show(settings, folder);
        var sender = new LoadSender(new SampleLoad(), window.capture(), rate)) {
      WholeWindow.onFx(
          () -> {
            window.model().shown().viewProperty().set(View.DELIVERIES);
            window.scene().addPostLayoutPulseListener(() -> look(window));
          });
      sender.start();
      Thread.sleep(WARM);
      WholeWindow.onFx(this::begin);
      Thread.sleep(time);
      double[] seen =
          WholeWindow.onFx(() -> late.values().stream().mapToDouble(Double::doubleValue).toArray());
      double p99 = quantile(seen, 0.99);
      new Measurement(
              "an acknowledgement is on screen, real broker, "
                  + number(rate * (double) SampleLoad.DATAPOINTS)
                  + " datapoints/s",
              "≤ 200 ms after Kafka's answer",
              String.format(
                  "p50 %s ms, p99 %s ms, max %s ms of %d",
                  number(quantile(seen, 0.5)), number(p99), number(quantile(seen, 1)), seen.length),
              seen.length > 0 && quantile(seen, 1) <= GOAL_MS)
          .print();
    }
  }

  private void begin() {
    fromMillis = System.currentTimeMillis();
  }

  private void look(WholeWindow window) {
    double now = System.currentTimeMillis();
    for (RowWindow.RowLine<DeliveryRow> line :
        window.model().tables().deliveries().window().lines()) {
      DeliveryRow row = line.row();
      if (row != null && row.tone() == StatusTone.GOOD) {
        double answered = row.millis() + row.ackMillis();
        if (answered >= fromMillis) {
          late.putIfAbsent(row.position(), Math.max(0, now - answered));
        }
      }
    }
  }
}
