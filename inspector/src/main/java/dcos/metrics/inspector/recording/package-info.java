// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The bytes that came in: blocks in files, most of them a ring on disk, and an index that finds a
 * record in them again. A {@link dcos.metrics.inspector.model.blocks.BlockIndex} is the door.
 */
@NullMarked
package dcos.metrics.inspector.model.blocks;

import org.jspecify.annotations.NullMarked;
