// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

@NullMarked
package dcos.metrics.collector.kafka.properties;

import org.jspecify.annotations.NullMarked;
