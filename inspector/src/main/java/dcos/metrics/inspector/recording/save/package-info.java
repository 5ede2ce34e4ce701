// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** Writes a recording into a file that opens again with the same counts. */
@NullMarked
package dcos.metrics.inspector.recording.save;

import org.jspecify.annotations.NullMarked;
