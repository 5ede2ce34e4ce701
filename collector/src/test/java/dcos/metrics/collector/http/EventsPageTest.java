// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.settings.Endpoint;
import dcos.metrics.collector.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventsPageTest {
  private static final Optional<Settings.Secret> TOKEN = Optional.of(new Settings.Secret("t0ken"));

  @Test
  void showsEventsOnTheLoopbackWithoutAToken() throws IOException {
    for (String host : new String[] {"127.0.0.1", "::1", "localhost"}) {
      assertThat(answer(host, Optional.empty(), "")).isEqualTo("200 events");
    }
  }

  @Test
  void showsNoEventsToOthersWithoutAToken() throws IOException {
    assertThat(answer("0.0.0.0", Optional.empty(), "Bearer x"))
        .isEqualTo("403 events are shown beyond the loopback only with http-token\n");
  }

  @Test
  void wantsTheTokenWhereThereIsOne() throws IOException {
    for (String host : new String[] {"127.0.0.1", "0.0.0.0"}) {
      assertThat(answer(host, TOKEN, "Bearer t0ken")).isEqualTo("200 events");
      for (String wrong : new String[] {"", "t0ken", "Bearer t0ke", "Bearer t0kenx", "bearer"}) {
        assertThat(answer(host, TOKEN, wrong))
            .isEqualTo("401 events need the header Authorization: Bearer <http-token>\n");
      }
    }
  }

  private static String answer(String host, Optional<Settings.Secret> token, String authorization)
      throws IOException {
    var page =
        new EventsPage(new Endpoint(host, 0), token, out -> out.write("events".getBytes(UTF_8)));
    Page.PageAnswer answer = page.answer(authorization);
    var out = new ByteArrayOutputStream();
    answer.writeTo(out);
    return answer.status() + " " + out.toString(UTF_8);
  }
}
