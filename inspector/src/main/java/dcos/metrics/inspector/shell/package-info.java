// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** The window around the features: toolbar, tabs, notices, keys, theme and clipboard. */
@NullMarked
package dcos.metrics.inspector.shell;

import org.jspecify.annotations.NullMarked;
