// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** Writing a recording into a file that opens again with the same counts. */
@NullMarked
package dcos.metrics.inspector.model.save;

import org.jspecify.annotations.NullMarked;
