// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Recordings: what happened in a pipeline, written down as Avro by {@code recording.avsc} and read
 * again. Encoded by hand, because a node has no memory to spare for the Avro library.
 */
@NullMarked
package dcos.metrics.collector.recording;

import org.jspecify.annotations.NullMarked;
