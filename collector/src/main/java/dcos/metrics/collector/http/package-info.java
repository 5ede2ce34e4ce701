// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** The {@code http-endpoint}: health, metrics and the ledger, for whoever asks. */
@NullMarked
package dcos.metrics.collector.http;

import org.jspecify.annotations.NullMarked;
