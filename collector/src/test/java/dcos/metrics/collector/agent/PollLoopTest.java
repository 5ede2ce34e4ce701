// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PollLoopTest {
  private long nanos;
  private final List<Long> startsAt = new ArrayList<>();

  private void poll(long... takeSeconds) throws InterruptedException {
    PollLoop loop =
        new PollLoop(
            () -> {
              startsAt.add(Duration.ofNanos(nanos).toSeconds());
              nanos += Duration.ofSeconds(takeSeconds[startsAt.size() - 1]).toNanos();
              return true;
            },
            Duration.ofSeconds(15),
            () -> nanos,
            duration -> {
              nanos += duration.toNanos();
              return startsAt.size() < takeSeconds.length;
            });
    loop.run();
  }

  @Test
  void pollsAtOnceAndThenEveryPeriodMeasuredFromStartToStart() throws Exception {
    poll(0, 4, 14, 1);

    assertThat(startsAt).containsExactly(0L, 15L, 30L, 45L);
  }

  @Test
  void skipsTheTicksThatALongPollMissed() throws Exception {
    poll(1, 40, 15, 1);

    assertThat(startsAt).containsExactly(0L, 15L, 60L, 90L);
  }

  @Test
  void endsWhenThePollSaysSo() throws Exception {
    List<Duration> pauses = new ArrayList<>();

    new PollLoop(() -> false, Duration.ofSeconds(15), () -> 0, pauses::add).run();

    assertThat(pauses).isEmpty();
  }

  @Test
  void refusesAPeriodOfZero() {
    assertThatThrownBy(() -> new PollLoop(() -> true, Duration.ZERO, () -> 0, _ -> true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("agent-poll-period must be above 0, was 0");
  }
}
