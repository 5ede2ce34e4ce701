// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** The desktop program's command line, and what it opens with. */
@NullMarked
package dcos.metrics.inspector.cli;

import org.jspecify.annotations.NullMarked;
