// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka.sending;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.kafka.Messages;
import dcos.metrics.collector.kafka.sending.InFlightWindow.WindowAnswer;
import org.junit.jupiter.api.Test;

class InFlightWindowTest {
  private final InFlightWindow window = new InFlightWindow(1_000_000, 4_000, 1_000);

  @Test
  void topicsInTroubleShareHalf() {
    window.take(300_000, true);

    assertThat(window.ask(300_000, 0, true)).isEqualTo(WindowAnswer.WAIT_FOR_OTHERS);
    assertThat(window.ask(200_000, 0, true)).isEqualTo(WindowAnswer.TAKE);
    assertThat(window.ask(500_000, 0, false)).isEqualTo(WindowAnswer.TAKE);
  }

  @Test
  void aTopicInTroubleHasOneMessageOnItsWay() {
    window.take(10_000, true);

    assertThat(window.ask(10_000, 10_000, true)).isEqualTo(WindowAnswer.WAIT_FOR_OWN);
  }

  @Test
  void aTopicHasAQuarterAtMost() {
    window.take(200_000, false);

    assertThat(window.ask(50_000, 200_000, false)).isEqualTo(WindowAnswer.TAKE);
    assertThat(window.ask(50_001, 200_000, false)).isEqualTo(WindowAnswer.WAIT_FOR_OWN);
    assertThat(window.ask(50_001, 0, false)).isEqualTo(WindowAnswer.TAKE);
  }

  @Test
  void whatIsGivenBackIsFreeAgain() {
    window.take(500_000, true);
    window.take(500_000, false);
    assertThat(window.ask(10_000, 0, false)).isEqualTo(WindowAnswer.WAIT_FOR_OTHERS);

    window.give(500_000, true);

    assertThat(window.ask(10_000, 0, true)).isEqualTo(WindowAnswer.TAKE);
  }

  @Test
  void aMessageOfAnySizeGoesInAPlaceOfItsOwnOneAtATime() {
    window.take(500_000, false);
    window.take(500_000, false);

    assertThat(window.ask(5_000_000, 0, true)).isEqualTo(WindowAnswer.TAKE);
    window.take(5_000_000, true);
    assertThat(window.ask(600_000, 0, false)).isEqualTo(WindowAnswer.WAIT_FOR_OTHERS);
    window.give(5_000_000, true);
    assertThat(window.ask(600_000, 0, false)).isEqualTo(WindowAnswer.TAKE);
  }

  @Test
  void countsWhatABatchTakesAtLeast() {
    assertThat(window.cost(Messages.of("t", 10))).isEqualTo(5_000);
  }

  @Test
  void learnsHowLongTagsAre() {
    var message = Messages.of("t", 10, 1_000);
    long before = window.cost(message);

    window.learn(message, 10_000 + 2_048 + 5_000);

    assertThat(before).isEqualTo(10_000 + 10 * 160 + 2_048 + 1_000);
    assertThat(window.cost(message)).isEqualTo(10_000 + 10 * 501 + 2_048 + 1_000);
  }
}
