// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What a pipeline is told: validated, immutable, the same for the headless program and the desktop.
 */
@NullMarked
package dcos.metrics.collector.settings;

import org.jspecify.annotations.NullMarked;
