// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What the Inspector knows: a recording that may still be growing, whoever writes it. A {@link
 * dcos.metrics.inspector.model.Recording} takes the pipeline's events; the bytes of blocks go to
 * disk, and an index of them and the latest of every series stay in memory, all of it within
 * bounds. Views pull; nothing here knows of a window.
 */
@NullMarked
package dcos.metrics.inspector.model;

import org.jspecify.annotations.NullMarked;
