// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Avro's binary encoding of single values (Avro 1.12, "Binary Encoding"): numbers, texts and blocks
 * of items, each length checked before it is used.
 */
@NullMarked
package dcos.metrics.codec.binary;

import org.jspecify.annotations.NullMarked;
