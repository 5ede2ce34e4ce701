// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What the events come to: counts, sources, topics, messages and what went wrong. A {@link
 * dcos.metrics.inspector.model.book.Book} enters each event once.
 */
@NullMarked
package dcos.metrics.inspector.model.book;

import org.jspecify.annotations.NullMarked;
