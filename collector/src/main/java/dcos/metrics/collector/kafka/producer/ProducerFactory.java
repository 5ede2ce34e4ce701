// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka.producer;

import java.util.Map;
import org.apache.kafka.clients.producer.Producer;

/** Makes the Kafka client; takes its time, and fails where the client does. */
@FunctionalInterface
public interface ProducerFactory {
  Producer<byte[], byte[]> create(Map<String, Object> config);
}
