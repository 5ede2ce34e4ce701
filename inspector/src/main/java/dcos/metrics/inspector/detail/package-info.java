// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** Puts a recording into the words and rows of the window. */
@NullMarked
package dcos.metrics.inspector.presenter;

import org.jspecify.annotations.NullMarked;
