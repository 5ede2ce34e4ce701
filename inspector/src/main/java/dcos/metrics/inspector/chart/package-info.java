// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** What the window was like when it was last left. */
@NullMarked
package dcos.metrics.inspector.remembered;

import org.jspecify.annotations.NullMarked;
