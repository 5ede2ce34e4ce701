// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.testing;

import dcos.metrics.inspector.replay.ReplayModel;
import dcos.metrics.inspector.replay.ReplayModel.ReplayRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Sends nothing, and keeps what it was asked for. */
public final class AskedReplays implements ReplayModel.ReplayRunner {
  private final List<ReplayRequest> asked = new CopyOnWriteArrayList<>();
  private volatile Optional<String> refusal = Optional.empty();
  private volatile int stops;

  /** What it was asked for, in order. */
  public List<ReplayRequest> asked() {
    return asked;
  }

  public int stops() {
    return stops;
  }

  /** What it answers from now on. */
  public void refuse(String reason) {
    refusal = Optional.of(reason);
  }

  @Override
  public Optional<String> start(ReplayRequest wanted) {
    asked.add(wanted);
    return refusal;
  }

  @Override
  public synchronized void stop() {
    stops++;
  }
}
