// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.message.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LanesTest {
  private static final int MOST = 8;

  private final FakeNanos clock = new FakeNanos();
  private final Lanes lanes =
      new Lanes(new Window(1_000_000, 4_000, 1_000), Duration.ofSeconds(10), clock);

  @Test
  void aTopicWithNothingPendingCostsNothing() {
    lanes.submit(Messages.of("a", 100));
    assertThat(lanes.count().topics()).isEqualTo(1);

    acknowledge(sendNext());
    lanes.settled(1);

    assertThat(lanes.count()).isEqualTo(new Lanes.Count(0, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void sendsATopicsMessagesInOrderOneUntilItIsProven() {
    Message first = Messages.of("a", 100);
    Message second = Messages.of("a", 100);
    Message third = Messages.of("a", 100);
    List.of(first, second, third).forEach(lanes::submit);

    Attempt attempt = sendNext();

    assertThat(attempt.message()).isSameAs(first);
    assertThat(turn()).isNull();
    acknowledge(attempt);
    assertThat(sendAll()).extracting(Attempt::message).containsExactly(second, third);
  }

  @Test
  void isBehindWhileAMessageWaitsThatIsNotOnItsWay() {
    lanes.submit(Messages.of("a", 100));
    assertThat(lanes.isBehind("a")).isTrue();

    Attempt attempt = sendNext();

    assertThat(lanes.isBehind("a")).isFalse();
    lanes.submit(Messages.of("a", 100));
    assertThat(lanes.isBehind("a")).isTrue();
    acknowledge(attempt);
    sendNext();
    assertThat(lanes.isBehind("a")).isFalse();
    assertThat(lanes.isBehind("b")).isFalse();
  }

  @Test
  void aTopicThatFailsComesBackLaterAndLater() {
    lanes.submit(Messages.of("a", 100));
    for (int millis : List.of(500, 1_000, 2_000, 4_000, 8_000, 8_000)) {
      lanes.turnFailed(Objects.requireNonNull(turn()), true, "no leader");

      clock.advance(Duration.ofMillis(millis - 1));
      lanes.tick();
      assertThat(turn()).isNull();
      clock.advance(Duration.ofMillis(1));
      lanes.tick();
    }

    assertThat(turn()).isNotNull();
    assertThat(lanes.failingFor(Duration.ofSeconds(10)))
        .containsExactly(Map.entry("a", "no leader"));
  }

  @Test
  void topicsThatFailHaveAQuarterOfTheTurnsBeforeACrowdOfOthers() {
    for (int i = 0; i < MOST; i++) {
      lanes.submit(Messages.of("failing-" + i, 100));
      lanes.turnFailed(Objects.requireNonNull(turn()), true, "no leader");
    }
    clock.advance(Duration.ofSeconds(1));
    lanes.tick();
    for (int i = 0; i < MOST; i++) {
      lanes.submit(Messages.of("fresh-" + i, 100));
    }

    List<String> topics = turns().stream().map(Lane::topic).toList();

    assertThat(topics).hasSize(MOST);
    assertThat(topics.subList(0, 2)).allMatch(topic -> topic.startsWith("failing-"));
    assertThat(topics.subList(2, MOST)).allMatch(topic -> topic.startsWith("fresh-"));
  }

  @Test
  void topicsThatFailHaveHalfOfTheTurnsAtMost() {
    for (int i = 0; i < MOST; i++) {
      lanes.submit(Messages.of("failing-" + i, 100));
      lanes.turnFailed(Objects.requireNonNull(turn()), true, "no leader");
    }
    clock.advance(Duration.ofSeconds(1));
    lanes.tick();

    assertThat(turns()).hasSize(MOST / 2);

    lanes.submit(Messages.of("fresh", 100));
    assertThat(turn()).extracting(Lane::topic).isEqualTo("fresh");
  }

  @Test
  void anOutageIsNoTopicsFault() {
    lanes.submit(Messages.of("a", 100));

    lanes.turnFailed(Objects.requireNonNull(turn()), false, "no answer");

    assertThat(lanes.count().failingTopics()).isZero();
    assertThat(turn()).isNull();
    lanes.hurry();
    assertThat(turn()).isNotNull();
  }

  @Test
  void whatComesBackIsSentFirst() {
    Message first = Messages.of("a", 100);
    lanes.submit(first);
    lanes.submit(Messages.of("a", 100));

    assertThat(lanes.retry(sendNext(), true, "expired")).isTrue();
    clock.advance(Duration.ofSeconds(1));
    lanes.tick();

    assertThat(sendNext().message()).isSameAs(first);
  }

  @Test
  void anAttemptEndsOnce() {
    lanes.submit(Messages.of("a", 100));
    Attempt attempt = sendNext();

    assertThat(lanes.retry(attempt, false, "closed")).isTrue();

    assertThat(lanes.retry(attempt, false, "closed")).isFalse();
    assertThat(lanes.finish(attempt, true)).isFalse();
    assertThat(lanes.count().waitingMessages()).isEqualTo(1);
  }

  @Test
  void topicsInTroubleNeverTakeTheWholeWindow() {
    for (int i = 0; i < 20; i++) {
      lanes.submit(Messages.of("stuck-" + i, 100_000));
    }
    sendAll();
    assertThat(lanes.count().onTheirWayMessages()).isEqualTo(4);
    assertThat(lanes.isCrowded()).isTrue();

    Message small = Messages.of("proven", 100);
    prove("proven", small);

    lanes.submit(Messages.of("proven", 100_000));
    assertThat(sendNext().message().topic()).isEqualTo("proven");
  }

  /** What unanswered topics hold does not keep this one from its first acknowledgement. */
  private void prove(String topic, Message message) {
    lanes.submit(message);
    lanes.submit(Messages.of(topic, 100));
    lanes.submit(Messages.of(topic, 100));
    acknowledge(sendNext());
    assertThat(sendAll()).hasSize(2);
  }

  @Test
  void aTopicThatUsedUpItsShareHoldsNobodyElseUp() {
    prove("busy", Messages.of("busy", 100));
    prove("other", Messages.of("other", 100));
    for (int i = 0; i < 3; i++) {
      lanes.submit(Messages.of("busy", 200_000));
    }
    sendAll();
    assertThat(lanes.isBehind("busy")).isTrue();

    lanes.submit(Messages.of("other", 200_000));

    assertThat(sendNext().message().topic()).isEqualTo("other");
  }

  @Test
  void aLargeMessageGoesAlthoughTheWindowIsFull() {
    for (int i = 0; i < 20; i++) {
      lanes.submit(Messages.of("small-" + i, 100_000));
    }
    sendAll();

    lanes.submit(Messages.of("large-1", 5_000_000));
    lanes.submit(Messages.of("large-2", 5_000_000));

    List<Attempt> large = sendAll();
    assertThat(large).extracting(a -> a.message().topic()).containsExactly("large-1");
    lanes.finish(large.getFirst(), true);
    assertThat(sendNext().message().topic()).isEqualTo("large-2");
  }

  @Test
  void aTopicWhoseMessageIsUnansweredForLongIsInTrouble() {
    prove("a", Messages.of("a", 100));
    clock.advance(Duration.ofSeconds(11));
    lanes.tick();

    lanes.submit(Messages.of("a", 100));

    assertThat(sendAll()).isEmpty();
  }

  @Test
  void refusesOneMessageAndGoesOnWithTheNext() {
    Message first = Messages.of("a", 100);
    Message second = Messages.of("a", 100);
    lanes.submit(first);
    lanes.submit(second);

    assertThat(lanes.turnRefused(Objects.requireNonNull(turn()))).isSameAs(first);

    assertThat(lanes.turnRefused(Objects.requireNonNull(turn()))).isSameAs(second);
    assertThat(turn()).isNull();
  }

  @Test
  void theStopHandsOutAllThatIsLeftOnce() throws InterruptedException {
    for (int i = 0; i < 10; i++) {
      lanes.submit(Messages.of("a" + i, 100_000));
    }
    List<Attempt> sent = sendAll();

    assertThat(lanes.awaitSettled(Duration.ZERO)).isFalse();
    List<Message> left = lanes.stop();

    assertThat(left).hasSize(10).doesNotHaveDuplicates();
    assertThat(lanes.finish(sent.getFirst(), true)).isFalse();
    assertThat(lanes.submit(Messages.of("b", 1))).isFalse();
    lanes.settled(10);
    assertThat(lanes.awaitSettled(Duration.ZERO)).isTrue();
    assertThat(lanes.stop()).isEmpty();
  }

  @Test
  void measuresSinceWhenMessagesAreHandedOverAndNoneIsAcknowledged() {
    assertThat(gap()).isZero();
    lanes.submit(Messages.of("a", 100));
    assertThat(gap()).isZero();
    Attempt attempt = sendNext();
    clock.advance(Duration.ofSeconds(7));
    assertThat(gap()).isEqualTo(Duration.ofSeconds(7));

    acknowledge(attempt);
    lanes.tick();
    clock.advance(Duration.ofSeconds(7));

    assertThat(gap()).isZero();
  }

  @Test
  void whatIsUnansweredCountsFromTheLastAcknowledgementOfAnother() {
    lanes.submit(Messages.of("a", 100));
    lanes.submit(Messages.of("b", 100));
    List<Attempt> sent = sendAll();
    clock.advance(Duration.ofSeconds(4));
    acknowledge(sent.getFirst());
    clock.advance(Duration.ofSeconds(3));

    lanes.tick();

    assertThat(gap()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void aTopicWithoutALeaderCountsUntilOthersAreAcknowledgedMeanwhile() {
    lanes.submit(Messages.of("stuck", 100));
    fail("stuck");
    clock.advance(Duration.ofSeconds(9));
    assertThat(gap()).isEqualTo(Duration.ofSeconds(9));

    lanes.submit(Messages.of("fine", 100));
    acknowledge(sendNext());
    clock.advance(Duration.ofSeconds(20));
    lanes.tick();
    fail("stuck");
    clock.advance(Duration.ofSeconds(20));

    assertThat(gap()).isZero();
    lanes.submit(Messages.of("fine", 100));
    sendNext();
    clock.advance(Duration.ofSeconds(2));
    assertThat(gap()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void aRefusedTopicCountsUntilOthersAreAcknowledgedMeanwhile() {
    lanes.submit(Messages.of("secret", 100));
    lanes.turnRefused(Objects.requireNonNull(turn()));
    clock.advance(Duration.ofSeconds(9));
    assertThat(gap()).isEqualTo(Duration.ofSeconds(9));

    lanes.submit(Messages.of("fine", 100));
    acknowledge(sendNext());
    lanes.submit(Messages.of("secret", 100));
    lanes.turnRefused(Objects.requireNonNull(turn()));
    clock.advance(Duration.ofSeconds(9));

    assertThat(gap()).isZero();
  }

  private Duration gap() {
    OptionalLong since = lanes.unacknowledgedSinceNanos();
    return since.isEmpty()
        ? Duration.ZERO
        : Duration.ofNanos(clock.getAsLong() - since.getAsLong());
  }

  private void fail(String topic) {
    Lane lane = Objects.requireNonNull(turn());
    assertThat(lane.topic()).isEqualTo(topic);
    lanes.turnFailed(lane, true, "no leader");
  }

  @Test
  void everyMessageOfManyTopicsGetsItsTurn() {
    List<Message> all = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      Message message = Messages.of("topic-" + i % 500, 10_000 + i);
      all.add(message);
      lanes.submit(message);
    }
    List<Message> acknowledged = new ArrayList<>();

    while (acknowledged.size() < all.size()) {
      List<Attempt> sent = sendAll();
      assertThat(sent).isNotEmpty();
      for (Attempt attempt : sent) {
        acknowledge(attempt);
        acknowledged.add(attempt.message());
      }
    }

    assertThat(acknowledged).containsExactlyInAnyOrderElementsOf(all);
    assertThat(lanes.count().topics()).isZero();
  }

  private @Nullable Lane turn() {
    return lanes.nextTurn(MOST);
  }

  private List<Lane> turns() {
    List<Lane> taken = new ArrayList<>();
    for (Lane lane = turn(); lane != null; lane = turn()) {
      taken.add(lane);
    }
    return taken;
  }

  /** All that may go now; every turn is ended. */
  private List<Attempt> sendAll() {
    List<Attempt> sent = new ArrayList<>();
    for (Lane lane = turn(); lane != null; lane = turn()) {
      for (Attempt one = lanes.admit(lane); one != null; one = lanes.admit(lane)) {
        sent.add(one);
      }
    }
    return sent;
  }

  private Attempt sendNext() {
    List<Attempt> sent = sendAll();
    assertThat(sent).hasSize(1);
    return sent.getFirst();
  }

  private void acknowledge(Attempt attempt) {
    assertThat(lanes.finish(attempt, true)).isTrue();
  }
}
