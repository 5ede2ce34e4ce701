// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Schemas of other writers: whether their values can become ours, and the conversion from bytes to
 * bytes (Avro 1.12, "Schema Resolution").
 */
@NullMarked
package dcos.metrics.codec.resolve;

import org.jspecify.annotations.NullMarked;
