// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** How anything reads metrics back from Kafka. */
@NullMarked
package dcos.metrics.consumer;

import org.jspecify.annotations.NullMarked;
