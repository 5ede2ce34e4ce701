// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** How the recording that ships with the program is made: {@code inspector/record-sample}. */
@NullMarked
package dcos.metrics.inspector.sample;

import org.jspecify.annotations.NullMarked;
