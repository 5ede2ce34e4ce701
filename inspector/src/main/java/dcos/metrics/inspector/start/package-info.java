// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** The start page. */
@NullMarked
package dcos.metrics.inspector.start;

import org.jspecify.annotations.NullMarked;
