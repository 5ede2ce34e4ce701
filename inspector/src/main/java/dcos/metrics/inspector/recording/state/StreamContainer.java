// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.state;

/**
 * One of the containers that a source sent one after the other.
 *
 * @param number from 1
 */
public record StreamContainer(long number, CapturedSource.CapturedHeader header) {}
