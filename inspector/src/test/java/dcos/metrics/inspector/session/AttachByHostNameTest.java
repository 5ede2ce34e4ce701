// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.session;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.Pipeline;
import dcos.metrics.collector.settings.Endpoint;
import dcos.metrics.collector.settings.OptionValues;
import dcos.metrics.testkit.Await;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real pipeline, attached to by the names that its HTTP endpoint allows. */
@Timeout(60)
class AttachByHostNameTest {
  private static final String TOKEN = "t0ken";

  @TempDir private Path temp;

  @Test
  void attachesByLocalhostAndByTheNameOfTheMachine() throws Exception {
    for (String name : List.of("localhost", InetAddress.getLocalHost().getHostName())) {
      OptionValues values =
          OptionValues.of(
              Map.of(),
              Map.of(
                  "KAFKA", "false",
                  "AGENT_POLLING", "false",
                  "LISTEN_ENDPOINT", "127.0.0.1:0",
                  "HTTP_ENDPOINT", "0.0.0.0:0",
                  "HTTP_TOKEN", TOKEN));
      var pipeline =
          new Pipeline(values.settings(), values.environmentLines(), "1", _ -> {}, _ -> {});
      pipeline.start();
      var ended = new AttachedTo.Ended();
      var collector = new Endpoint(name, pipeline.httpPort().orElseThrow());
      try (var session = new AttachedSession(collector, Optional.of(TOKEN), temp, ended)) {
        session.start();
        Await.until("its settings", () -> !session.recording().settings().isEmpty());
      } finally {
        pipeline.stop(Duration.ofSeconds(5));
      }
      assertThat(ended.texts).as(name).isEmpty();
    }
  }
}
