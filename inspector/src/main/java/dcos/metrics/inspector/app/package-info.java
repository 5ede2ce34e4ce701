// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Puts the program together and controls it: opens recordings, starts captures, exports and
 * replays.
 */
@NullMarked
package dcos.metrics.inspector.app;

import org.jspecify.annotations.NullMarked;
