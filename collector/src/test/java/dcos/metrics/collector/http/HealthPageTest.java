// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.delivery.DeliveryStatus.DeliveryState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HealthPageTest {
  private static final Instant SINCE = Instant.parse("2026-01-02T03:04:05Z");

  @Test
  void healthIsDegradedAndStill200WhileKafkaAcknowledgesNothing() throws Exception {
    Page.PageAnswer answer = answer(kafka(DeliveryState.NOT_DELIVERING, "no way to broker 1"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(body(answer))
        .isEqualTo(
            """
            {"status":"degraded","reason":"Kafka acknowledges no messages: no way to broker 1",\
            "kafka":{"state":"not-delivering","since":"2026-01-02T03:04:05Z",\
            "last_error":"no way to broker 1"},\
            "agent":{"polled":true,"answered":null}}
            """);
  }

  @Test
  void healthIsDegradedAndStill200WhileNoBrokerAnswers() throws Exception {
    Page.PageAnswer answer = answer(kafka(DeliveryState.DOWN, "no such host"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(body(answer))
        .isEqualTo(
            """
            {"status":"degraded","reason":"Kafka cannot be reached: no such host",\
            "kafka":{"state":"down","since":"2026-01-02T03:04:05Z",\
            "last_error":"no such host"},\
            "agent":{"polled":true,"answered":null}}
            """);
  }

  @Test
  void healthIsOkBeforeTheFirstMessageAndWhileTheAgentIsAway() throws Exception {
    var fresh =
        new Health(
            Optional.empty(),
            SampleHealth.delivery(DeliveryState.CONNECTING, SINCE, Optional.empty()),
            true,
            Optional.empty());

    Page.PageAnswer answer = answer(fresh);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(body(answer))
        .isEqualTo(
            """
            {"status":"ok","kafka":{"state":"connecting","since":"2026-01-02T03:04:05Z"},\
            "agent":{"polled":true,"answered":null}}
            """);
  }

  @Test
  void healthIsDegradedWhereKafkaCannotBeReachedFromTheStart() throws Exception {
    assertThat(body(answer(kafka(DeliveryState.CONNECTING, "no such host"))))
        .startsWith(
            """
            {"status":"degraded","reason":"Kafka cannot be reached: no such host",\
            "kafka":{"state":"connecting",""");
  }

  private static Health kafka(DeliveryState state, String error) {
    return new Health(
        Optional.empty(),
        SampleHealth.delivery(state, SINCE, Optional.of(error)),
        true,
        Optional.empty());
  }

  private static Page.PageAnswer answer(Health health) {
    return new HealthPage(() -> health).answer("");
  }

  private static String body(Page.PageAnswer answer) throws IOException {
    var out = new ByteArrayOutputStream();
    answer.writeTo(out);
    return out.toString(UTF_8);
  }
}
