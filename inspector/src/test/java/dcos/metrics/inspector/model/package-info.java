// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** What a recording says of the events that it was given. */
@NullMarked
package dcos.metrics.inspector.model;

import org.jspecify.annotations.NullMarked;
