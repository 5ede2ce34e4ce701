// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** Takes Avro streams off sockets, block by block, each charged to the budget before it is read. */
@NullMarked
package dcos.metrics.collector.ingest;

import org.jspecify.annotations.NullMarked;
