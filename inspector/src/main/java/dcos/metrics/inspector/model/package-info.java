// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What the Inspector knows: a recording that may still be growing, whoever writes it. A {@link
 * dcos.metrics.inspector.model.Recording} takes the pipeline's events; the bytes of blocks go to
 * disk, and an index of them and the latest of every series stay in memory, all of it within
 * bounds. Views pull; nothing here knows of a window.
 *
 * <p>What they pull is in {@code captured}, what a query finds in {@code find}, one record's bytes
 * in {@code detail}, the latest datapoints in {@code series}. The other rooms are nobody else's:
 * {@code book} enters events, {@code blocks} keeps bytes, {@code open} and {@code save} read and
 * write files.
 */
@NullMarked
package dcos.metrics.inspector.model;

import org.jspecify.annotations.NullMarked;
