// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.session;

import dcos.metrics.inspector.recording.Recording;
import dcos.metrics.inspector.recording.RecordingLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Files, opened as one recording, which reads them itself. */
public final class FileSession implements Session {
  private final String title;
  private final List<Path> files;
  private final Recording recording;

  /**
   * Starts nothing.
   *
   * @param files recordings, or containers of MetricList, or logs with records, at least one
   * @param temporary where the recording may keep what is not in the files
   * @throws IOException if one cannot be opened: the message says which and why
   */
  public FileSession(List<Path> files, Path temporary) throws IOException {
    this(title(files), files, temporary);
  }

  /**
   * The same under another title.
   *
   * @throws IOException if a file cannot be opened: the message says which and why
   */
  public FileSession(String title, List<Path> files, Path temporary) throws IOException {
    this.title = title;
    this.files = List.copyOf(files);
    this.recording = Recording.open(files, RecordingLimits.DEFAULT, temporary);
  }

  /** What files are called together: the name of the first, and how many more there are. */
  public static String title(List<Path> files) {
    String first = String.valueOf(files.getFirst().getFileName());
    return files.size() == 1 ? first : first + " and " + (files.size() - 1) + " more";
  }

  /** What was opened. */
  public List<Path> files() {
    return files;
  }

  @Override
  public Recording recording() {
    return recording;
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public void start() {
    recording.start();
  }

  @Override
  public void close() {
    recording.close();
  }
}
