// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.sample;

import dcos.metrics.Datapoint;
import dcos.metrics.MetricList;
import dcos.metrics.Tag;
import dcos.metrics.collector.settings.Endpoint;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.avro.file.CodecFactory;

/**
 * A minute of what a node's services send, well and not so well: two that report each second, one
 * of them with a burst above an input limit of 64 KB in 20 seconds; one whose topics Kafka does not
 * take; one whose stream breaks; one that is gone in the middle of a block.
 */
public final class SampleServices {
  private static final Tag HOST = new Tag("host", "node-1.example");
  private static final int MINUTE = 60;

  private final Endpoint to;
  private final long startNanos = System.nanoTime();

  private SampleServices(Endpoint to) {
    this.to = to;
  }

  /** Takes the collector's HOST:PORT; runs for a minute. */
  public static void main(String[] arguments) throws Exception {
    var services = new SampleServices(Endpoint.parse(arguments[0]));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Void>> all =
          List.of(
              services::checkout,
              services::search,
              services::shop,
              services::billing,
              services::batchImport);
      for (var service : threads.invokeAll(all)) {
        service.get();
      }
    }
  }

  private Void checkout() throws IOException, InterruptedException {
    try (var stream = new ServiceStream(to, CodecFactory.deflateCodec(6))) {
      for (int second = 0; second < MINUTE; second++) {
        waitUntil(second);
        int now = second;
        stream.send(IntStream.rangeClosed(1, 4).mapToObj(i -> checkout(i, now)).toList());
      }
    }
    return null;
  }

  private static MetricList checkout(int instance, int second) {
    double load = 50 + 20 * Math.sin(second / 9.0 + instance);
    return new MetricList(
        "checkout",
        List.of(new Tag("container_id", "checkout-" + instance), HOST, new Tag("zone", "eu-1")),
        List.of(
            now("http.requests", load),
            now("http.errors", Math.max(0, load - 66) / 4),
            now("http.latency_ms.p50", 12 + load / 6),
            now("http.latency_ms.p99", 60 + load * 1.1),
            now("jvm.heap_bytes", 2.1e8 + 5e6 * ((second + 3 * instance) % 12)),
            now("db.pool.active", Math.rint(load / 6))));
  }

  private Void search() throws IOException, InterruptedException {
    try (var stream = new ServiceStream(to, CodecFactory.nullCodec())) {
      for (int second = 0; second < MINUTE; second++) {
        waitUntil(second);
        stream.send(search(1, second));
        for (int tenth = 0; tenth < 10 && second >= 24 && second < 30; tenth++) {
          waitUntil(second + tenth / 10.0);
          stream.send(search(30, second));
        }
      }
    }
    return null;
  }

  private static List<MetricList> search(int records, int second) {
    return IntStream.range(0, records)
        .mapToObj(
            n ->
                new MetricList(
                    "search",
                    List.of(new Tag("container_id", "search-7"), HOST),
                    List.of(
                        now("queries", 360 + 40 * Math.sin(second / 5.0) + n),
                        now("index.docs", 1_200_000.0 + 10 * second),
                        now("cache.hit_ratio", 0.9 + 0.05 * Math.cos(second / 7.0)))))
        .toList();
  }

  /** One topic that is made legal, and one that can not be. */
  private Void shop() throws IOException, InterruptedException {
    waitUntil(10);
    try (var stream = new ServiceStream(to, CodecFactory.nullCodec())) {
      for (int n = 0; n < 20; n++) {
        waitUntil(10 + 2 * n);
        stream.send(List.of(orders("web shop/orders", n)));
        if (n == 5 || n == 12) {
          stream.send(List.of(orders("orders-by-customer-" + "x".repeat(240), n)));
        }
      }
    }
    return null;
  }

  private static MetricList orders(String topic, int n) {
    return new MetricList(topic, List.of(HOST), List.of(now("orders.count", n)));
  }

  private Void billing() throws IOException, InterruptedException {
    waitUntil(18);
    try (var stream = new ServiceStream(to, CodecFactory.nullCodec())) {
      for (int n = 0; n < 5; n++) {
        waitUntil(18 + n / 2.0);
        stream.send(List.of(invoices(n), invoices(n)));
      }
      stream.sendBroken(List.of(invoices(5), invoices(5)));
    }
    return null;
  }

  private static MetricList invoices(int n) {
    return new MetricList(
        "billing",
        List.of(HOST),
        List.of(now("invoices.open", 120 + n), now("invoices.failed", n < 3 ? 0 : 1)));
  }

  private Void batchImport() throws IOException, InterruptedException {
    waitUntil(34);
    try (var stream = new ServiceStream(to, CodecFactory.nullCodec())) {
      stream.send(IntStream.range(0, 8).mapToObj(SampleServices::rows).toList());
      waitUntil(35);
      stream.sendHalf(IntStream.range(8, 16).mapToObj(SampleServices::rows).toList());
    }
    return null;
  }

  private static MetricList rows(int file) {
    return new MetricList(
        "batch-import",
        List.of(HOST, new Tag("file", "orders-" + file + ".csv")),
        List.of(now("rows", 1000.0 * file), now("seconds", file / 4.0)));
  }

  private static Datapoint now(String name, double value) {
    return new Datapoint(name, System.currentTimeMillis(), Math.round(value * 1000) / 1000.0);
  }

  private void waitUntil(double second) throws InterruptedException {
    long atNanos = startNanos + (long) (second * 1e9);
    TimeUnit.NANOSECONDS.sleep(atNanos - System.nanoTime());
  }
}
