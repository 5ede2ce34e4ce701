// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.log.ProgramLog;
import dcos.metrics.collector.message.Outcome.Reason;
import java.util.List;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.junit.jupiter.api.Test;

class VerdictTest {
  @Test
  void sendsAgainWhatTimeMends() {
    assertThat(Verdict.of(new TimeoutException("late"))).isEqualTo(new Verdict.Retry());
    assertThat(Verdict.of(new NotEnoughReplicasException("few"))).isEqualTo(new Verdict.Retry());
    assertThat(Verdict.of(new UnknownTopicOrPartitionException("not yet")))
        .isEqualTo(new Verdict.Retry());
    assertThat(Verdict.of(new BufferExhaustedException("full"))).isEqualTo(new Verdict.Retry());
    assertThat(Verdict.of(new KafkaException("Producer is closed forcefully.")))
        .isEqualTo(new Verdict.Retry());
  }

  @Test
  void replacesAClientThatCanNotSendAnyMore() {
    assertThat(Verdict.of(new OutOfOrderSequenceException("gap"))).isEqualTo(new Verdict.Replace());
    assertThat(Verdict.of(new ProducerFencedException("fenced"))).isEqualTo(new Verdict.Replace());
    assertThat(Verdict.of(new IllegalStateException("closed"))).isEqualTo(new Verdict.Replace());
    assertThat(
            Verdict.of(
                new KafkaException("in an error state", new OutOfOrderSequenceException("gap"))))
        .isEqualTo(new Verdict.Replace());
  }

  @Test
  void losesNothingWhereTheClusterLetsNobodyIn() {
    assertThat(Verdict.of(new SaslAuthenticationException("who"))).isEqualTo(new Verdict.Replace());
    assertThat(Verdict.of(new SslAuthenticationException("who"))).isEqualTo(new Verdict.Replace());
    assertThat(Verdict.of(new ClusterAuthorizationException("no")))
        .isEqualTo(new Verdict.Replace());
    assertThat(Verdict.of(new UnsupportedVersionException("old"))).isEqualTo(new Verdict.Replace());
  }

  @Test
  void splitsWhatIsTooLarge() {
    assertThat(Verdict.of(new RecordTooLargeException("big"))).isEqualTo(new Verdict.Split());
  }

  @Test
  void rejectsWhatNoRetryMends() {
    assertThat(Verdict.of(new TopicAuthorizationException("metrics-a")))
        .isEqualTo(new Verdict.Reject(Reason.NOT_AUTHORIZED));
    assertThat(Verdict.of(new InvalidTopicException("metrics-a")))
        .isEqualTo(new Verdict.Reject(Reason.ILLEGAL_TOPIC));
    assertThat(Verdict.of(new PolicyViolationException("no")))
        .isEqualTo(new Verdict.Reject(Reason.REFUSED));
  }

  @Test
  void saysAnErrorAndItsCauseInOneLine() {
    var error = new KafkaException("first\n second", new IllegalStateException("third"));

    assertThat(Verdict.text(error)).isEqualTo("first second (third)");
    assertThat(Verdict.text(new IllegalStateException())).isEqualTo("IllegalStateException");
  }

  @Test
  void theTextOfAnErrorHasNoSecrets() {
    ProgramLog.hideSecrets(List.of("some.LoginModule required password=\"a\"verdict-secret\";"));
    Exception cause = new IllegalArgumentException("for key 'verdict-secret' in JAAS config");

    assertThat(Verdict.text(new IllegalStateException("with \"verdict-secret\"", cause)))
        .isEqualTo("IllegalStateException: with \"********\" (for key '********' in JAAS config)");
  }
}
