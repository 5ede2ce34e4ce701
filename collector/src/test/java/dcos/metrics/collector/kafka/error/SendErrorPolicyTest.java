// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka.error;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.log.ProgramLog;
import dcos.metrics.collector.outcome.Outcome.Reason;
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

class SendErrorPolicyTest {
  @Test
  void sendsAgainWhatTimeMends() {
    assertThat(SendErrorPolicy.of(new TimeoutException("late")))
        .isEqualTo(new SendErrorPolicy.Retry());
    assertThat(SendErrorPolicy.of(new NotEnoughReplicasException("few")))
        .isEqualTo(new SendErrorPolicy.Retry());
    assertThat(SendErrorPolicy.of(new UnknownTopicOrPartitionException("not yet")))
        .isEqualTo(new SendErrorPolicy.Retry());
    assertThat(SendErrorPolicy.of(new BufferExhaustedException("full")))
        .isEqualTo(new SendErrorPolicy.Retry());
    assertThat(SendErrorPolicy.of(new KafkaException("Producer is closed forcefully.")))
        .isEqualTo(new SendErrorPolicy.Retry());
  }

  @Test
  void replacesAClientThatCannotSendAnyMore() {
    assertThat(SendErrorPolicy.of(new OutOfOrderSequenceException("gap")))
        .isEqualTo(new SendErrorPolicy.Replace());
    assertThat(SendErrorPolicy.of(new ProducerFencedException("fenced")))
        .isEqualTo(new SendErrorPolicy.Replace());
    assertThat(SendErrorPolicy.of(new IllegalStateException("closed")))
        .isEqualTo(new SendErrorPolicy.Replace());
    assertThat(
            SendErrorPolicy.of(
                new KafkaException("in an error state", new OutOfOrderSequenceException("gap"))))
        .isEqualTo(new SendErrorPolicy.Replace());
  }

  @Test
  void losesNothingWhereTheClusterLetsNobodyIn() {
    assertThat(SendErrorPolicy.of(new SaslAuthenticationException("who")))
        .isEqualTo(new SendErrorPolicy.Replace());
    assertThat(SendErrorPolicy.of(new SslAuthenticationException("who")))
        .isEqualTo(new SendErrorPolicy.Replace());
    assertThat(SendErrorPolicy.of(new ClusterAuthorizationException("no")))
        .isEqualTo(new SendErrorPolicy.Replace());
    assertThat(SendErrorPolicy.of(new UnsupportedVersionException("old")))
        .isEqualTo(new SendErrorPolicy.Replace());
  }

  @Test
  void splitsWhatIsTooLarge() {
    assertThat(SendErrorPolicy.of(new RecordTooLargeException("big")))
        .isEqualTo(new SendErrorPolicy.Split());
  }

  @Test
  void rejectsWhatNoRetryMends() {
    assertThat(SendErrorPolicy.of(new TopicAuthorizationException("metrics-a")))
        .isEqualTo(new SendErrorPolicy.Reject(Reason.NOT_AUTHORIZED));
    assertThat(SendErrorPolicy.of(new InvalidTopicException("metrics-a")))
        .isEqualTo(new SendErrorPolicy.Reject(Reason.ILLEGAL_TOPIC));
    assertThat(SendErrorPolicy.of(new PolicyViolationException("no")))
        .isEqualTo(new SendErrorPolicy.Reject(Reason.REFUSED));
  }

  @Test
  void reportsAnErrorAndItsCauseInOneLine() {
    var error = new KafkaException("first\n second", new IllegalStateException("third"));

    assertThat(ErrorText.of(error)).isEqualTo("first second (third)");
    assertThat(ErrorText.of(new IllegalStateException())).isEqualTo("IllegalStateException");
  }

  @Test
  void theTextOfAnErrorHasNoSecrets() {
    ProgramLog.hideSecrets(
        List.of("some.LoginModule required password=\"quoted\"policy-secret\";"));
    Exception cause = new IllegalArgumentException("for key 'policy-secret' in JAAS config");

    assertThat(ErrorText.of(new IllegalStateException("with \"policy-secret\"", cause)))
        .isEqualTo("IllegalStateException: with \"********\" (for key '********' in JAAS config)");
  }
}
