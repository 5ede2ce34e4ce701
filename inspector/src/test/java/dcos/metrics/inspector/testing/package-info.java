// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** What tests of the window share. */
@NullMarked
package dcos.metrics.inspector.testing;

import org.jspecify.annotations.NullMarked;
