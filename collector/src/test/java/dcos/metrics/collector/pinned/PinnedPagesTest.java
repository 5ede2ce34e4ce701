// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.pinned;

import com.fasterxml.jackson.databind.JsonNode;
import dcos.metrics.collector.delivery.DeliveryStatus;
import dcos.metrics.collector.delivery.WaitingTopic;
import dcos.metrics.collector.http.Health;
import dcos.metrics.collector.http.HttpEndpoint;
import dcos.metrics.collector.http.PageContent;
import dcos.metrics.collector.selfmetrics.SampleSelfMetrics;
import dcos.metrics.collector.settings.Endpoint;
import dcos.metrics.testkit.JsonNames;
import dcos.metrics.testkit.PinnedNames;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Names that the HTTP server serves: of a whole collector, and of one with every kind of value. */
@Timeout(60)
class PinnedPagesTest {
  private static final Pattern PATH = Pattern.compile("/[a-z]+\\b");
  private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\w+) (\\w+)$");
  private static final Pattern SAMPLE = Pattern.compile("(?m)^(\\w+)\\{(.*)\\} \\S+$");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  private final PinnedNames pinned = PinnedNames.ofModule();
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void noPathChanges() throws Exception {
    try (var run = run()) {
      SortedSet<String> paths = new TreeSet<>();
      String others = get(run.httpPort(), "/no-such-path");
      PATH.matcher(others).results().forEach(found -> paths.add(found.group()));

      pinned.check("http paths", paths);
    }
  }

  @Test
  void noMetricOfPrometheusChangesItsNameTypeOrLabels() throws Exception {
    SortedMap<String, SortedSet<String>> labels = new TreeMap<>();
    SortedMap<String, String> types = new TreeMap<>();
    SortedSet<String> values = new TreeSet<>();
    for (String text : List.of(ofRun("/metrics"), ofSample("/metrics", health()))) {
      TYPE.matcher(text).results().forEach(found -> types.put(found.group(1), found.group(2)));
      for (MatchResult sample : SAMPLE.matcher(text).results().toList()) {
        for (MatchResult label : LABEL.matcher(sample.group(2)).results().toList()) {
          labels.computeIfAbsent(sample.group(1), _ -> new TreeSet<>()).add(label.group(1));
          if (!label.group(1).equals("topic")) {
            values.add(label.group(1) + "=" + label.group(2));
          }
        }
      }
    }
    List<String> metrics = new ArrayList<>();
    types.forEach(
        (name, type) -> {
          String own = String.join(",", labels.getOrDefault(name, new TreeSet<>()));
          metrics.add((type + " " + name + " " + own).strip());
        });

    pinned.check("prometheus metrics", metrics);
    pinned.check("prometheus label values", values);
  }

  @Test
  void noKeyAndNoWordOfHealthChanges() throws Exception {
    SortedSet<String> keys = new TreeSet<>(JsonNames.of(ofRun("/health")));
    SortedSet<String> values = new TreeSet<>();
    for (DeliveryStatus.DeliveryState state : DeliveryStatus.DeliveryState.values()) {
      for (Health health :
          List.of(
              health(state, Optional.empty(), Optional.empty()),
              health(state, Optional.empty(), Optional.of("no broker answers")),
              health(state, Optional.of("nothing listens"), Optional.empty()))) {
        String text = ofSample("/health", health);
        keys.addAll(JsonNames.of(text));
        JsonNode json = JsonNames.parse(text);
        values.add("status=" + json.at("/status").asText());
        values.add("kafka.state=" + json.at("/kafka/state").asText());
      }
    }

    pinned.check("/health keys", keys);
    pinned.check("/health values", values);
  }

  @Test
  void noKeyOfTheLedgerChanges() throws Exception {
    SortedSet<String> keys = new TreeSet<>(JsonNames.of(ofRun("/ledger")));
    keys.remove("waiting_topics[]"); // Empty where nothing waits.
    keys.addAll(JsonNames.of(ofSample("/ledger", health())));

    pinned.check("/ledger keys", keys);
  }

  private static DryRun run() throws Exception {
    return new DryRun(Map.of("HTTP_ENDPOINT", "127.0.0.1:0"));
  }

  private String ofRun(String path) throws Exception {
    try (var run = run()) {
      return get(run.httpPort(), path);
    }
  }

  private String ofSample(String path, Health health) throws Exception {
    var content =
        new PageContent(
            () -> SampleSelfMetrics.of(SampleSelfMetrics.ledger()),
            () -> health,
            () -> List.of(new WaitingTopic("metrics-web", 1, 2, 3, "too large")),
            _ -> {});
    var sample = new Endpoint("127.0.0.1", 0);
    try (var endpoint = new HttpEndpoint(sample, 10, List.of(), Optional.empty(), content)) {
      endpoint.start();
      return get(endpoint.port(), path);
    }
  }

  private static Health health() {
    return health(DeliveryStatus.DeliveryState.UP, Optional.empty(), Optional.empty());
  }

  private static Health health(
      DeliveryStatus.DeliveryState state, Optional<String> failure, Optional<String> error) {
    var none = new DeliveryStatus.Messages(0, 0, 0, 0, 0, 0, 0);
    var delivery = new DeliveryStatus(state, Instant.EPOCH, error.isPresent(), error, none);
    return new Health(failure, delivery, true, Optional.of(Instant.EPOCH));
  }

  private String get(int port, String path) throws Exception {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
