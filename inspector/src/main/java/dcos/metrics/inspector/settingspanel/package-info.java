// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** The panel with the settings of a capture. */
@NullMarked
package dcos.metrics.inspector.settingspanel;

import org.jspecify.annotations.NullMarked;
