// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** The threads of a recording, each of them its owner's. */
@NullMarked
package dcos.metrics.inspector.model.work;

import org.jspecify.annotations.NullMarked;
