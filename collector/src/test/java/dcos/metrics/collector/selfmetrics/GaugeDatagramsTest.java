// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.selfmetrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GaugeDatagramsTest {
  private final List<String> datagrams = new ArrayList<>();
  private final GaugeDatagrams packer =
      new GaugeDatagrams(
          (bytes, length) -> datagrams.add(new String(Arrays.copyOf(bytes, length), UTF_8)));

  @Test
  void packsSeveralGaugesIntoOneDatagram() throws IOException {
    packer.add("a", 1);
    packer.add("b.c", 23);
    assertThat(datagrams).isEmpty();

    packer.flush();

    assertThat(datagrams).containsExactly("a:1|g\nb.c:23|g");
  }

  @Test
  void sendsNothingWhereThereIsNothing() throws IOException {
    packer.flush();
    assertThat(datagrams).isEmpty();
  }

  @Test
  void fillsADatagramToItsLastByte() throws IOException {
    String first = "a".repeat(251); // 255 with its value
    String second = "b".repeat(252); // 256 with its value, and a line end before it
    packer.add(first, 1);
    packer.add(second, 2);
    packer.add("c", 3);
    packer.flush();

    assertThat(datagrams).containsExactly(first + ":1|g\n" + second + ":2|g", "c:3|g");
    assertThat(datagrams.getFirst()).hasSize(512);
  }

  @Test
  void beginsANextDatagramRatherThanSplitAGauge() throws IOException {
    String first = "a".repeat(252);
    String second = "b".repeat(252);
    packer.add(first, 1);
    packer.add(second, 2);
    packer.flush();

    assertThat(datagrams).containsExactly(first + ":1|g", second + ":2|g");
  }

  @Test
  void leavesOutAndCountsAGaugeThatIsTooLongAlone() throws IOException {
    packer.add("a", 1);
    packer.add("b".repeat(509), 2); // 513 with its value
    packer.add("c".repeat(508), 3);
    packer.flush();

    assertThat(datagrams).containsExactly("a:1|g", "c".repeat(508) + ":3|g");
    assertThat(packer.tooLong()).isEqualTo(1);
  }

  @Test
  void refusesANegativeLevelSinceItWouldMoveTheGauge() {
    assertThatThrownBy(() -> packer.add("a", -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("gauge a must not be below 0, was -1");
  }

  @Test
  void losesNothingOfManyGaugesOfAnyLength() throws IOException {
    var random = new Random(7);
    List<String> gauges = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      String name = "g" + "x".repeat(random.nextInt(300)) + i;
      gauges.add(name + ":" + i + "|g");
      packer.add(name, i);
    }
    packer.flush();

    assertThat(datagrams).allMatch(datagram -> datagram.length() <= 512);
    assertThat(String.join("\n", datagrams).split("\n")).containsExactlyElementsOf(gauges);
  }
}
