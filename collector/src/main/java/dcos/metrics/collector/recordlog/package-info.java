// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** Says every record that comes in or goes out, for who looks for one. */
@NullMarked
package dcos.metrics.collector.recordlog;

import org.jspecify.annotations.NullMarked;
