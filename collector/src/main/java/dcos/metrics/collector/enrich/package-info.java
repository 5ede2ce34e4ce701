// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Adds the tags of where a record came from while its message is encoded, without decoding the
 * record.
 */
@NullMarked
package dcos.metrics.collector.enrich;

import org.jspecify.annotations.NullMarked;
