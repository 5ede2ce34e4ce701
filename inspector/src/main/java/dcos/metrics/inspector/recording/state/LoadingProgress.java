// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.state;

/**
 * How far the reading of what was opened is. The counts are exact once it is done.
 *
 * @param readBytes of the files, as they are on disk
 * @param totalBytes of the files
 * @param skipped damaged places that were passed over: blocks, or lines of a log
 * @param problem why it could not be read any further, one line; else empty
 */
public record LoadingProgress(
    long readBytes, long totalBytes, boolean done, long skipped, String problem) {
  /** For a recording that no file was opened for. */
  public static final LoadingProgress NONE = new LoadingProgress(0, 0, true, 0, "");
}
