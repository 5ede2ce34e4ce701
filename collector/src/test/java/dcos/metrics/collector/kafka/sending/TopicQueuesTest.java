// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka.sending;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.kafka.FakeNanos;
import dcos.metrics.collector.kafka.Messages;
import dcos.metrics.collector.message.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TopicQueuesTest {
  private static final int MAX = 8;

  private final FakeNanos clock = new FakeNanos();
  private final TopicQueues queues =
      new TopicQueues(new InFlightWindow(1_000_000, 4_000, 1_000), Duration.ofSeconds(10), clock);

  @Test
  void aTopicWithNothingPendingCostsNothing() {
    queues.submit(Messages.of("a", 100));
    assertThat(queues.count().topics()).isEqualTo(1);

    acknowledge(sendNext());
    queues.settled(1);

    assertThat(queues.count()).isEqualTo(new TopicQueues.Count(0, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void sendsATopicsMessagesInOrderOneUntilItIsProven() {
    Message first = Messages.of("a", 100);
    Message second = Messages.of("a", 100);
    Message third = Messages.of("a", 100);
    List.of(first, second, third).forEach(queues::submit);

    SendAttempt attempt = sendNext();

    assertThat(attempt.message()).isSameAs(first);
    assertThat(turn()).isNull();
    acknowledge(attempt);
    assertThat(sendAll()).extracting(SendAttempt::message).containsExactly(second, third);
  }

  @Test
  void isBehindWhileAMessageWaitsThatIsNotOnItsWay() {
    queues.submit(Messages.of("a", 100));
    assertThat(queues.isBehind("a")).isTrue();

    SendAttempt attempt = sendNext();

    assertThat(queues.isBehind("a")).isFalse();
    queues.submit(Messages.of("a", 100));
    assertThat(queues.isBehind("a")).isTrue();
    acknowledge(attempt);
    sendNext();
    assertThat(queues.isBehind("a")).isFalse();
    assertThat(queues.isBehind("b")).isFalse();
  }

  @Test
  void aTopicThatFailsComesBackLaterAndLater() {
    queues.submit(Messages.of("a", 100));
    for (int millis : List.of(500, 1_000, 2_000, 4_000, 8_000, 8_000)) {
      queues.turnFailed(Objects.requireNonNull(turn()), true, "no leader");

      clock.advance(Duration.ofMillis(millis - 1));
      queues.tick();
      assertThat(turn()).isNull();
      clock.advance(Duration.ofMillis(1));
      queues.tick();
    }

    assertThat(turn()).isNotNull();
    assertThat(queues.failingFor(Duration.ofSeconds(10)))
        .containsExactly(Map.entry("a", "no leader"));
  }

  @Test
  void topicsThatFailHaveAQuarterOfTheTurnsBeforeACrowdOfOthers() {
    for (int i = 0; i < MAX; i++) {
      queues.submit(Messages.of("failing-" + i, 100));
      queues.turnFailed(Objects.requireNonNull(turn()), true, "no leader");
    }
    clock.advance(Duration.ofSeconds(1));
    queues.tick();
    for (int i = 0; i < MAX; i++) {
      queues.submit(Messages.of("fresh-" + i, 100));
    }

    List<String> topics = roundRobin().stream().map(TopicQueue::topic).toList();

    assertThat(topics).hasSize(MAX);
    assertThat(topics.subList(0, 2)).allMatch(topic -> topic.startsWith("failing-"));
    assertThat(topics.subList(2, MAX)).allMatch(topic -> topic.startsWith("fresh-"));
  }

  @Test
  void topicsThatFailHaveHalfOfTheTurnsAtMost() {
    for (int i = 0; i < MAX; i++) {
      queues.submit(Messages.of("failing-" + i, 100));
      queues.turnFailed(Objects.requireNonNull(turn()), true, "no leader");
    }
    clock.advance(Duration.ofSeconds(1));
    queues.tick();

    assertThat(roundRobin()).hasSize(MAX / 2);

    queues.submit(Messages.of("fresh", 100));
    assertThat(turn()).extracting(TopicQueue::topic).isEqualTo("fresh");
  }

  @Test
  void anOutageIsNoTopicsFault() {
    queues.submit(Messages.of("a", 100));

    queues.turnFailed(Objects.requireNonNull(turn()), false, "no answer");

    assertThat(queues.count().failingTopics()).isZero();
    assertThat(turn()).isNull();
    queues.hurry();
    assertThat(turn()).isNotNull();
  }

  @Test
  void whatComesBackIsSentFirst() {
    Message first = Messages.of("a", 100);
    queues.submit(first);
    queues.submit(Messages.of("a", 100));

    assertThat(queues.retry(sendNext(), true, "expired")).isTrue();
    clock.advance(Duration.ofSeconds(1));
    queues.tick();

    assertThat(sendNext().message()).isSameAs(first);
  }

  @Test
  void anAttemptEndsOnce() {
    queues.submit(Messages.of("a", 100));
    SendAttempt attempt = sendNext();

    assertThat(queues.retry(attempt, false, "closed")).isTrue();

    assertThat(queues.retry(attempt, false, "closed")).isFalse();
    assertThat(queues.finish(attempt, true)).isFalse();
    assertThat(queues.count().waitingMessages()).isEqualTo(1);
  }

  @Test
  void topicsInTroubleNeverTakeTheWholeWindow() {
    for (int i = 0; i < 20; i++) {
      queues.submit(Messages.of("stuck-" + i, 100_000));
    }
    sendAll();
    assertThat(queues.count().onTheirWayMessages()).isEqualTo(4);
    assertThat(queues.isCrowded()).isTrue();

    Message small = Messages.of("proven", 100);
    prove("proven", small);

    queues.submit(Messages.of("proven", 100_000));
    assertThat(sendNext().message().topic()).isEqualTo("proven");
  }

  /** What unanswered topics hold does not keep this one from its first acknowledgement. */
  private void prove(String topic, Message message) {
    queues.submit(message);
    queues.submit(Messages.of(topic, 100));
    queues.submit(Messages.of(topic, 100));
    acknowledge(sendNext());
    assertThat(sendAll()).hasSize(2);
  }

  @Test
  void aTopicThatUsedUpItsShareHoldsNobodyElseUp() {
    prove("busy", Messages.of("busy", 100));
    prove("other", Messages.of("other", 100));
    for (int i = 0; i < 3; i++) {
      queues.submit(Messages.of("busy", 200_000));
    }
    sendAll();
    assertThat(queues.isBehind("busy")).isTrue();

    queues.submit(Messages.of("other", 200_000));

    assertThat(sendNext().message().topic()).isEqualTo("other");
  }

  @Test
  void aLargeMessageGoesAlthoughTheWindowIsFull() {
    for (int i = 0; i < 20; i++) {
      queues.submit(Messages.of("small-" + i, 100_000));
    }
    sendAll();

    queues.submit(Messages.of("large-1", 5_000_000));
    queues.submit(Messages.of("large-2", 5_000_000));

    List<SendAttempt> large = sendAll();
    assertThat(large).extracting(a -> a.message().topic()).containsExactly("large-1");
    queues.finish(large.getFirst(), true);
    assertThat(sendNext().message().topic()).isEqualTo("large-2");
  }

  @Test
  void aTopicWhoseMessageIsUnansweredForLongIsInTrouble() {
    prove("a", Messages.of("a", 100));
    clock.advance(Duration.ofSeconds(11));
    queues.tick();

    queues.submit(Messages.of("a", 100));

    assertThat(sendAll()).isEmpty();
  }

  @Test
  void refusesOneMessageAndContinuesWithTheNext() {
    Message first = Messages.of("a", 100);
    Message second = Messages.of("a", 100);
    queues.submit(first);
    queues.submit(second);

    assertThat(queues.turnRefused(Objects.requireNonNull(turn()))).isSameAs(first);

    assertThat(queues.turnRefused(Objects.requireNonNull(turn()))).isSameAs(second);
    assertThat(turn()).isNull();
  }

  @Test
  void theStopHandsOutAllThatIsLeftOnce() throws InterruptedException {
    for (int i = 0; i < 10; i++) {
      queues.submit(Messages.of("a" + i, 100_000));
    }
    List<SendAttempt> sent = sendAll();

    assertThat(queues.awaitSettled(Duration.ZERO)).isFalse();
    List<Message> left = queues.stop();

    assertThat(left).hasSize(10).doesNotHaveDuplicates();
    assertThat(queues.finish(sent.getFirst(), true)).isFalse();
    assertThat(queues.submit(Messages.of("b", 1))).isFalse();
    queues.settled(10);
    assertThat(queues.awaitSettled(Duration.ZERO)).isTrue();
    assertThat(queues.stop()).isEmpty();
  }

  @Test
  void measuresSinceWhenMessagesAreHandedOverAndNoneIsAcknowledged() {
    assertThat(gap()).isZero();
    queues.submit(Messages.of("a", 100));
    assertThat(gap()).isZero();
    SendAttempt attempt = sendNext();
    clock.advance(Duration.ofSeconds(7));
    assertThat(gap()).isEqualTo(Duration.ofSeconds(7));

    acknowledge(attempt);
    queues.tick();
    clock.advance(Duration.ofSeconds(7));

    assertThat(gap()).isZero();
  }

  @Test
  void whatIsUnansweredCountsFromTheLastAcknowledgementOfAnother() {
    queues.submit(Messages.of("a", 100));
    queues.submit(Messages.of("b", 100));
    List<SendAttempt> sent = sendAll();
    clock.advance(Duration.ofSeconds(4));
    acknowledge(sent.getFirst());
    clock.advance(Duration.ofSeconds(3));

    queues.tick();

    assertThat(gap()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void aTopicWithoutALeaderCountsUntilOthersAreAcknowledgedMeanwhile() {
    queues.submit(Messages.of("stuck", 100));
    fail("stuck");
    clock.advance(Duration.ofSeconds(9));
    assertThat(gap()).isEqualTo(Duration.ofSeconds(9));

    queues.submit(Messages.of("fine", 100));
    acknowledge(sendNext());
    clock.advance(Duration.ofSeconds(20));
    queues.tick();
    fail("stuck");
    clock.advance(Duration.ofSeconds(20));

    assertThat(gap()).isZero();
    queues.submit(Messages.of("fine", 100));
    sendNext();
    clock.advance(Duration.ofSeconds(2));
    assertThat(gap()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void aRefusedTopicCountsUntilOthersAreAcknowledgedMeanwhile() {
    queues.submit(Messages.of("secret", 100));
    queues.turnRefused(Objects.requireNonNull(turn()));
    clock.advance(Duration.ofSeconds(9));
    assertThat(gap()).isEqualTo(Duration.ofSeconds(9));

    queues.submit(Messages.of("fine", 100));
    acknowledge(sendNext());
    queues.submit(Messages.of("secret", 100));
    queues.turnRefused(Objects.requireNonNull(turn()));
    clock.advance(Duration.ofSeconds(9));

    assertThat(gap()).isZero();
  }

  private Duration gap() {
    OptionalLong since = queues.unacknowledgedSinceNanos();
    return since.isEmpty()
        ? Duration.ZERO
        : Duration.ofNanos(clock.getAsLong() - since.getAsLong());
  }

  private void fail(String topic) {
    TopicQueue queue = Objects.requireNonNull(turn());
    assertThat(queue.topic()).isEqualTo(topic);
    queues.turnFailed(queue, true, "no leader");
  }

  @Test
  void everyMessageOfManyTopicsGetsItsTurn() {
    List<Message> all = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      Message message = Messages.of("topic-" + i % 500, 10_000 + i);
      all.add(message);
      queues.submit(message);
    }
    List<Message> acknowledged = new ArrayList<>();

    while (acknowledged.size() < all.size()) {
      List<SendAttempt> sent = sendAll();
      assertThat(sent).isNotEmpty();
      for (SendAttempt attempt : sent) {
        acknowledge(attempt);
        acknowledged.add(attempt.message());
      }
    }

    assertThat(acknowledged).containsExactlyInAnyOrderElementsOf(all);
    assertThat(queues.count().topics()).isZero();
  }

  private @Nullable TopicQueue turn() {
    return queues.nextTurn(MAX);
  }

  private List<TopicQueue> roundRobin() {
    List<TopicQueue> taken = new ArrayList<>();
    for (TopicQueue queue = turn(); queue != null; queue = turn()) {
      taken.add(queue);
    }
    return taken;
  }

  /** All that may go now; every turn is ended. */
  private List<SendAttempt> sendAll() {
    List<SendAttempt> sent = new ArrayList<>();
    for (TopicQueue queue = turn(); queue != null; queue = turn()) {
      for (SendAttempt one = queues.admit(queue); one != null; one = queues.admit(queue)) {
        sent.add(one);
      }
    }
    return sent;
  }

  private SendAttempt sendNext() {
    List<SendAttempt> sent = sendAll();
    assertThat(sent).hasSize(1);
    return sent.getFirst();
  }

  private void acknowledge(SendAttempt attempt) {
    assertThat(queues.finish(attempt, true)).isTrue();
  }
}
