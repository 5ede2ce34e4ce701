// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The main window: code that binds view models to controls, and no logic. Its door is the inspector
 * window.
 */
@NullMarked
package dcos.metrics.inspector.window;

import org.jspecify.annotations.NullMarked;
