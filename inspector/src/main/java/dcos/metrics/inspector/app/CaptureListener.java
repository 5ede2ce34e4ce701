// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.app;

import dcos.metrics.inspector.session.LiveSession;
import dcos.metrics.inspector.session.StartResult;
import dcos.metrics.inspector.workspace.NoticesModel.NoticeAction;
import java.util.List;

/** What happens to a capture. Called on the FX thread. */
interface CaptureListener {
  /** The capture takes records, and is what is open. */
  void listening(LiveSession capture);

  /** The capture was not started; returns what the user can do about it. */
  List<NoticeAction> notStarted(StartResult.NotStarted result);

  /**
   * The pipeline of the capture cannot continue.
   *
   * @param reason one line
   */
  void failed(String reason);

  /** The recording of the capture is not open any more. */
  void left();

  /** The capture was cancelled before it listened. */
  void withdrawn();
}
