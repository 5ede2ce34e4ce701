// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka.error;

import dcos.metrics.collector.outcome.Outcome.Reason;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** What to do about what the client said. */
public sealed interface SendErrorPolicy {
  /** Send it again. */
  record Retry() implements SendErrorPolicy {}

  /** Send it again with another client: this one can not send anything any more. */
  record Replace() implements SendErrorPolicy {}

  /** Send its parts. */
  record Split() implements SendErrorPolicy {}

  /** No retry mends it. */
  record Reject(Reason reason) implements SendErrorPolicy {}

  static SendErrorPolicy of(Exception error) {
    return switch (error) {
      case RecordTooLargeException _, RecordBatchTooLargeException _ -> new Split();
      case InvalidTopicException _ -> new Reject(Reason.ILLEGAL_TOPIC);
      case TopicAuthorizationException _ -> new Reject(Reason.NOT_AUTHORIZED);
      // Neither is about a topic: nothing can be sent until somebody mends it, so nothing is lost.
      case AuthenticationException _, AuthorizationException _ -> new Replace();
      case UnsupportedVersionException _ -> new Replace();
      case OutOfOrderSequenceException _,
          ProducerFencedException _,
          InvalidProducerEpochException _,
          InvalidPidMappingException _ ->
          new Replace();
      case RetriableException _ -> new Retry();
      case ApiException _ -> new Reject(Reason.REFUSED);
      // The client's own trouble, not the broker's word on the message: a fatal state, which names
      // its cause, or a client that was closed meanwhile.
      case KafkaException e when e.getCause() instanceof ApiException -> new Replace();
      case KafkaException _ -> new Retry();
      default -> new Replace();
    };
  }
}
