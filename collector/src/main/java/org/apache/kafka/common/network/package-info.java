// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Replaces one class of the Kafka client, which this package must be in front of on the class path.
 */
@NullMarked
package org.apache.kafka.common.network;

import org.jspecify.annotations.NullMarked;
