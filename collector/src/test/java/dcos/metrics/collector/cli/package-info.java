// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

@NullMarked
package dcos.metrics.collector.cli;

import org.jspecify.annotations.NullMarked;
