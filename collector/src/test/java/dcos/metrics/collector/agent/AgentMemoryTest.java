// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.event.EventTap;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Answers far larger than the heap of the process that reads them. */
class AgentMemoryTest {
  private static final int ANSWER_BYTES = 30_000_000;

  /** Writes piece after piece, numbered, up to the size of an answer. */
  private static void fill(OutputStream out, String piece) throws IOException {
    long written = 0;
    for (int i = 0; written < ANSWER_BYTES; i++) {
      byte[] bytes = piece.replace("#", Integer.toString(i)).getBytes(StandardCharsets.UTF_8);
      out.write(bytes);
      written += bytes.length;
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static TestAgent largeAgent() throws IOException {
    TestAgent agent = new TestAgent();
    agent.answer(
        "/state",
        TestAgent.streamed(
            out -> {
              write(out, "{\"id\":\"S\",\"completed_frameworks\":[{}");
              fill(out, ",{\"id\":\"gone-#\",\"tasks\":[{\"key-#\":\"" + "v".repeat(500) + "\"}]}");
              write(out, "],\"frameworks\":[{\"id\":\"f\",\"name\":\"n\",\"executors\":[");
              write(out, "{\"id\":\"e\",\"labels\":[{\"key\":\"DCOS_SPACE\",\"value\":\"/a\"}]}");
              write(out, "]}]}");
            }));
    agent.answer(
        "/metrics/snapshot",
        TestAgent.streamed(
            out -> {
              write(out, "{\"first\":0");
              fill(out, ",\"" + "k".repeat(100) + "/#\":#");
              write(out, "}");
            }));
    agent.answer(
        "/containers",
        TestAgent.streamed(
            out -> {
              write(out, "[{}");
              StringBuilder statistics = new StringBuilder("\"timestamp\":1");
              for (int i = 0; i < 100; i++) {
                statistics.append(",\"net_rx_packets_").append(i).append("\":#.5");
              }
              fill(
                  out,
                  ",{\"container_id\":\"c-#\",\"framework_id\":\"f\",\"statistics\":{"
                      + statistics
                      + "}}");
              write(out, "]");
            }));
    return agent;
  }

  @Test
  void isBoundedHoweverLargeTheAnswersAre() throws Exception {
    try (TestAgent agent = largeAgent()) {
      Process child =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx20m",
                  "-XX:+UseSerialGC",
                  "-cp",
                  System.getProperty("java.class.path"),
                  SmallHeap.class.getName(),
                  Integer.toString(agent.port()))
              .redirectErrorStream(true)
              .start();
      String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(child.waitFor()).as(said).isZero();
      assertThat(said)
          .contains(
              "state AgentState[agentId=S, frameworkNames={f=n}, applicationNames={f/e=a},"
                  + " unsharedApplicationNames={e=a}]")
          .containsPattern(
              "datapoints [0-9]{7}, failures 0 \\{\\}, left out \\{NO_STATISTICS=1\\}");
    }
  }

  /** Polls once in a heap smaller than one answer. */
  static final class SmallHeap {
    private SmallHeap() {}

    public static void main(String[] args) throws Exception {
      Polled polled = new Polled();
      try (AgentPoller poller =
          new AgentPoller(
              TestAgent.settings(Integer.parseInt(args[0])).build().agent(),
              "1",
              polled.states::add,
              _ -> {},
              () -> Polled.NOW,
              polled.refused::add,
              new EventTap())) {
        poller.connect(Duration.ofSeconds(30));
        poller.pollOnce();
        PollStatistics selfMetrics = poller.selfMetrics();
        System.out.println("state " + polled.states.getFirst());
        System.out.printf(
            "datapoints %d, failures %d %s, left out %s%n",
            selfMetrics.datapoints(),
            selfMetrics.failures(),
            selfMetrics.lastErrors(),
            selfMetrics.leftOutContainers());
      }
    }
  }
}
