// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** Sends recorded files again, in the background. */
@NullMarked
package dcos.metrics.inspector.replay;

import org.jspecify.annotations.NullMarked;
