// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** Decodes one record at a time: its row, its bytes, and what each of them means. */
@NullMarked
package dcos.metrics.inspector.recording.decode;

import org.jspecify.annotations.NullMarked;
