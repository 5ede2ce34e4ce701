// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** Where a recording comes from: a pipeline in this process, files, or a collector elsewhere. */
@NullMarked
package dcos.metrics.inspector.session;

import org.jspecify.annotations.NullMarked;
