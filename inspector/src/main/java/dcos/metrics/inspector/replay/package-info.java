// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** Sends what was recorded again, in the background. */
@NullMarked
package dcos.metrics.inspector.replay;

import org.jspecify.annotations.NullMarked;
