// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The codec of Avro object container files of {@code MetricList}: a bounded streaming reader, the
 * walk that forwards records without decoding them, and the writer of self-contained messages.
 */
@NullMarked
package dcos.metrics.codec;

import org.jspecify.annotations.NullMarked;
