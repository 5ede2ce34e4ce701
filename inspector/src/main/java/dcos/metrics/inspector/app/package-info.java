// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Which records, messages and series a filter and a span of time let through, as the recording
 * grows.
 */
@NullMarked
package dcos.metrics.inspector.model.find;

import org.jspecify.annotations.NullMarked;
