// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.agent;

import static dcos.metrics.collector.settings.Options.AGENT_TEST_STATE_FILE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.enrich.AgentState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are compressed although none was asked for, as proxies send them. */
@Timeout(60)
class CompressedAnswerTest {
  private static final String STATE = "{\"id\":\"S7\"," + " ".repeat(5000) + "\"pid\":\"p\"}";

  @TempDir Path folder;

  @AutoClose private final TestAgent agent = new TestAgent();
  private final Polled polled = new Polled();

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "x-gzip", "GZIP", ""})
  void isReadWhateverItsHeaderCallsIt(String coding) throws Exception {
    answer(coding, gzip(STATE));

    assertThat(errorOfState()).isNull();
    assertThat(polled.states).extracting(AgentState::agentId).containsExactly("S7");
    assertThat(agent.asked().getFirst().headers().get("Accept-Encoding"))
        .containsExactly("identity");
  }

  @Test
  void isReadWhereTheHeaderRemainedAndTheCompressionDidNot() throws Exception {
    answer("gzip", STATE.getBytes(UTF_8));

    assertThat(errorOfState()).isNull();
    assertThat(polled.states).extracting(AgentState::agentId).containsExactly("S7");
  }

  @Test
  void isReadFromATestFile() throws Exception {
    Path file = Files.write(folder.resolve("state.json.gz"), gzip(STATE));

    try (AgentPoller poller =
        polled.connected(
            agent.settings().with(AGENT_TEST_STATE_FILE, file.toString()).build().agent())) {
      poller.pollOnce();
    }
    assertThat(polled.states).extracting(AgentState::agentId).containsExactly("S7");
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 30, -1, -8})
  void isNamedWhereItEndsEarly(int length) throws Exception {
    byte[] whole = gzip(STATE);
    answer("gzip", Arrays.copyOf(whole, length < 0 ? whole.length + length : length));

    assertThat(errorOfState()).isEqualTo("got gzip that ends early, must be complete");
    assertThat(polled.states).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 10, -8})
  void isNamedWhereItIsCorrupt(int position) throws Exception {
    byte[] corrupt = gzip(STATE);
    corrupt[position < 0 ? corrupt.length + position : position] ^= (byte) 0xff;
    answer("gzip", corrupt);

    assertThat(errorOfState()).startsWith("got corrupt gzip (").endsWith(")");
    assertThat(polled.states).isEmpty();
  }

  @Test
  void isEmptyWhereNothingWasCompressed() throws Exception {
    answer("gzip", new byte[0]);
    assertThat(errorOfState()).isEqualTo("got an empty answer, must be JSON");

    answer("gzip", gzip(""));
    assertThat(errorOfState()).isEqualTo("got an empty answer, must be JSON");
  }

  @Test
  void isNamedWhereItHoldsAPage() throws Exception {
    answer("gzip", gzip("<html>" + STATE));

    assertThat(errorOfState()).isEqualTo("got an HTML page, must be JSON");
  }

  @Test
  void isRefusedBeyondABoundOfWhatItHolds() throws Exception {
    var compressed = new ByteArrayOutputStream();
    byte[] blanks = new byte[1 << 20];
    Arrays.fill(blanks, (byte) ' ');
    try (OutputStream out = new GZIPOutputStream(compressed)) {
      out.write('{');
      for (int written = 0; written < AnswerBody.MAX_BYTES; written += blanks.length) {
        out.write(blanks);
      }
    }
    answer("gzip", compressed.toByteArray());

    assertThat(errorOfState()).isEqualTo("got more than 128 MB, must be at most that");
  }

  private void answer(String coding, byte[] body) {
    agent.answer(
        "/state",
        exchange -> {
          if (!coding.isEmpty()) {
            exchange.getResponseHeaders().set("Content-Encoding", coding);
          }
          exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
        });
  }

  private @Nullable String errorOfState() throws Exception {
    try (AgentPoller poller = polled.connected(agent.settings().build().agent())) {
      poller.pollOnce();
      return poller.selfMetrics().lastErrors().get("/state");
    }
  }

  private static byte[] gzip(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }
}
