// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.testkit.standin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Answers what a Mesos agent answers at {@code /state}, {@code /metrics/snapshot} and {@code
 * /containers}: the agent {@value #AGENT_ID} runs executors of three frameworks, whose figures move
 * a little from request to request.
 */
public final class StandInAgent extends StandInServer {
  /** The agent's own id. */
  public static final String AGENT_ID = "0c3f6d6a-51f4-4b0e-8d86-a4b0e7f1c7a2-S4";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern COUNTER =
      Pattern.compile("uptime_secs|cpus_.*_secs|cpus_nr_periods|_[rt]x_(bytes|packets)");
  private static final Pattern GAUGE =
      Pattern.compile("load_|mem_free|mem_(rss|anon|cache|file|mapped)|_percent");

  private final Clock clock;
  private final AtomicInteger asked = new AtomicInteger();
  private volatile @Nullable String credential;

  /** On any port; nothing listens before {@link #start}. */
  public StandInAgent() {
    this(0, null, Clock.systemUTC());
  }

  /**
   * Nothing listens before {@link #start}.
   *
   * @param port 0 picks one
   * @param tls null speaks plain HTTP
   * @param clock what the containers' timestamps come from
   */
  public StandInAgent(int port, @Nullable SSLContext tls, Clock clock) {
    super(port, tls);
    this.clock = clock;
  }

  /** An agent that answers, on any port. */
  public static StandInAgent started() {
    var agent = new StandInAgent();
    agent.start();
    return agent;
  }

  /**
   * From now on answers 401 to whoever does not send {@code Authorization: token=<credential>};
   * null lets everybody in.
   */
  public void requireCredential(@Nullable String credential) {
    this.credential = credential;
  }

  /** What {@code /state} says, as a file holds it. */
  public static String state() {
    return resource("state.json");
  }

  /** What {@code /metrics/snapshot} says, as a file holds it; the figures stand still. */
  public static String system() {
    return resource("system.json");
  }

  /** What {@code /containers} says, as a file holds it; figures and timestamps stand still. */
  public static String containers() {
    return resource("containers.json");
  }

  /**
   * Writes {@code state.json}, {@code system.json} and {@code containers.json}, as the collector's
   * {@code agent-test-*-file} options read them.
   */
  public static void writeFiles(Path folder) throws IOException {
    Files.writeString(folder.resolve("state.json"), state());
    Files.writeString(folder.resolve("system.json"), system());
    Files.writeString(folder.resolve("containers.json"), containers());
  }

  @Override
  Answer usualAnswer(Request request) {
    String secret = credential;
    if (secret != null && !request.header("Authorization").equals(Optional.of("token=" + secret))) {
      return new Answer(401, "");
    }
    return switch (request.path()) {
      case "/state" -> new Answer(200, state());
      case "/metrics/snapshot" -> new Answer(200, movedSystem());
      case "/containers" -> new Answer(200, movedContainers());
      default -> new Answer(404, "");
    };
  }

  private String movedSystem() {
    ObjectNode figures = (ObjectNode) parse(system());
    move(figures, asked.incrementAndGet());
    return figures.toString();
  }

  private String movedContainers() {
    int step = asked.incrementAndGet();
    Instant now = clock.instant();
    JsonNode containers = parse(containers());
    for (JsonNode container : containers) {
      ObjectNode statistics = (ObjectNode) container.get("statistics");
      move(statistics, step);
      statistics.put("timestamp", now.getEpochSecond() + now.getNano() / 1e9);
    }
    return containers.toString();
  }

  /** Counters grow, gauges go up and down by a hundredth, everything else stays. */
  private static void move(ObjectNode figures, int step) {
    for (String name : figures.properties().stream().map(Map.Entry::getKey).toList()) {
      if (COUNTER.matcher(name).find()) {
        scale(figures, name, 1 + step / 1000.0);
      } else if (GAUGE.matcher(name).find()) {
        scale(figures, name, 1 + Math.sin(step) / 100);
      }
    }
  }

  private static void scale(ObjectNode figures, String name, double factor) {
    JsonNode value = figures.get(name);
    if (value.isIntegralNumber()) {
      figures.put(name, Math.round(value.longValue() * factor));
    } else {
      figures.put(name, value.doubleValue() * factor);
    }
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String resource(String name) {
    try (InputStream in = StandInAgent.class.getResourceAsStream("agent/" + name)) {
      if (in == null) {
        throw new IllegalStateException("no resource agent/" + name);
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
