// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** What the program remembers from one start to the next. */
@NullMarked
package dcos.metrics.inspector.preferences;

import org.jspecify.annotations.NullMarked;
