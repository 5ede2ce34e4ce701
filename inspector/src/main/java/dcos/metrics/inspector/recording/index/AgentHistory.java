// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.index;

import dcos.metrics.collector.enrich.AgentState;
import dcos.metrics.collector.event.Event;
import dcos.metrics.inspector.recording.state.CapturedAgent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the agent said last. Guarded by the recording's lock. */
final class AgentHistory {
  private final Map<String, CapturedAgent.AgentResponse> answers = new LinkedHashMap<>();
  private @Nullable AgentState state;

  void learn(AgentState learned) {
    state = learned;
  }

  void ask(Event.AgentAsked asked) {
    answers.put(
        asked.path(),
        new CapturedAgent.AgentResponse(
            asked.path(), asked.from(), asked.at().wallMs(), asked.tookNanos(), asked.failure()));
  }

  CapturedAgent row() {
    return new CapturedAgent(Optional.ofNullable(state), List.copyOf(answers.values()));
  }
}
