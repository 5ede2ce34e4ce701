// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.shell;

import dcos.metrics.inspector.export.CopyFormat;
import dcos.metrics.inspector.start.StartActions;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the window can be asked to do beyond showing. Called on the FX thread: what takes longer
 * than a few milliseconds is started and goes on elsewhere, what goes wrong becomes a notice.
 */
public interface WindowActions extends StartActions {
  /** Captures here, or ends that; the recording stays open. */
  void capture(boolean on);

  /** Leaves what is open for the start page. */
  void startPage();

  /** Offers to send recorded files again: those that are open, or others. */
  void replay();

  /** Saves what is open as a recording. */
  void save(Path file);

  /** Writes what the filter shows, in the format that the file's name ends with. */
  void export(Path file);

  /** The selected row as text; empty if there is none. */
  Optional<String> copy(CopyFormat as);

  /** Puts a mark at this instant. */
  void mark();

  /** Goes to the next mark, and from the last to the first. */
  void nextMark();

  /** Shows the first record that came at a time or later. */
  void goTo(long millis);

  /** Empties the view; deletes nothing. */
  void clearView();

  /** Shows again what was hidden by that. */
  void showAll();

  /** Offers the settings of a live run. */
  void settings();

  /** Follows the selected row to its delivery, or to its records. */
  void followLink();
}
