// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Avro object container files (Avro 1.12, "Object Container Files"): bounded readers of one
 * container after the other on a stream, and writers.
 */
@NullMarked
package dcos.metrics.codec.container;

import org.jspecify.annotations.NullMarked;
