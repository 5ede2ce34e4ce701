// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** What is known of where a record came from, added as its message is made. */
@NullMarked
package dcos.metrics.collector.tags;

import org.jspecify.annotations.NullMarked;
