// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What the window shows and what it can be asked, without a control: tested without a window. FX
 * thread only, unless a method says otherwise.
 */
@NullMarked
package dcos.metrics.inspector.viewmodel;

import org.jspecify.annotations.NullMarked;
