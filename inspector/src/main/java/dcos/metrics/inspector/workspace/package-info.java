// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** What several features share of the open recording: notices, links and navigation. */
@NullMarked
package dcos.metrics.inspector.workspace;

import org.jspecify.annotations.NullMarked;
