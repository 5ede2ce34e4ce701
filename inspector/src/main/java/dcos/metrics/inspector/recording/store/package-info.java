// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The bytes of blocks: files on disk, most of them a ring, and an index that finds a record in
 * them.
 */
@NullMarked
package dcos.metrics.inspector.recording.store;

import org.jspecify.annotations.NullMarked;
