// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** The language of the Inspector's filter line and of {@code collector cat --filter}. */
@NullMarked
package dcos.metrics.collector.filter;

import org.jspecify.annotations.NullMarked;
