// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** The packaged program between real senders and a real broker. */
@NullMarked
package dcos.metrics.collector.system;

import org.jspecify.annotations.NullMarked;
