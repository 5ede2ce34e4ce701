// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.detail;

import dcos.metrics.collector.enrich.AgentState;
import dcos.metrics.collector.settings.Options;
import dcos.metrics.inspector.detail.DetailContent.DetailNode;
import dcos.metrics.inspector.format.DisplayFormat;
import dcos.metrics.inspector.format.StatusTone;
import dcos.metrics.inspector.recording.Recording;
import dcos.metrics.inspector.recording.state.CapturedAgent;
import dcos.metrics.inspector.recording.state.RecordedSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The Mesos agent: what it answered last, what is known of it, and when it is asked again. */
final class AgentDetails {
  private AgentDetails() {}

  /** The last answer to each request. */
  static DetailNode answers(Recording recording) {
    List<CapturedAgent.AgentResponse> answers = recording.agent().answers();
    long failed = answers.stream().filter(answer -> !answer.failure().isEmpty()).count();
    boolean off =
        new RecordedSettings(recording.settings())
            .value(Options.AGENT_POLLING)
            .filter("false"::equals)
            .isPresent();
    String all =
        answers.isEmpty()
            ? off ? "not asked: " + Options.AGENT_POLLING.name() + " false" : "not asked yet"
            : failed == 0
                ? "every request was answered"
                : failed + " of " + answers.size() + " requests failed";
    return DetailNode.of("last answers", all, answers.stream().map(AgentDetails::answer).toList())
        .toned(failed == 0 ? StatusTone.QUIET : StatusTone.WARNING);
  }

  private static DetailNode answer(CapturedAgent.AgentResponse answer) {
    boolean failed = !answer.failure().isEmpty();
    List<DetailNode> parts = new ArrayList<>();
    if (failed) {
      parts.add(DetailNode.of("why", answer.failure()).toned(StatusTone.WARNING));
    }
    parts.add(DetailNode.of("from", answer.from()));
    parts.add(DetailNode.of("when", DisplayFormat.time(answer.wallMs())));
    parts.add(DetailNode.of("took", DisplayFormat.timeRange(answer.tookNanos() / 1e6)));
    return DetailNode.of(
            answer.path(),
            failed
                ? "failed: " + answer.failure()
                : "answered at " + DisplayFormat.time(answer.wallMs()),
            parts)
        .toned(failed ? StatusTone.WARNING : StatusTone.QUIET);
  }

  /** When it is asked again, and what it said of itself. */
  static List<DetailNode> more(Recording recording) {
    List<DetailNode> nodes = new ArrayList<>();
    CapturedAgent agent = recording.agent();
    next(recording, agent.answers()).ifPresent(nodes::add);
    nodes.add(
        agent
            .state()
            .map(AgentDetails::state)
            .orElseGet(() -> DetailNode.of("state", "it has not said what it is and runs")));
    return nodes;
  }

  /** A poll begins with the first request, and again a period after that. */
  private static Optional<DetailNode> next(
      Recording recording, List<CapturedAgent.AgentResponse> answers) {
    return new RecordedSettings(recording.settings())
        .value(Options.AGENT_POLL_PERIOD)
        .map(
            seconds ->
                DetailNode.of(
                    "next",
                    answers.isEmpty()
                        ? "every " + seconds + " s"
                        : "about "
                            + DisplayFormat.time(begun(answers) + 1000 * Long.parseLong(seconds))
                            + ", every "
                            + seconds
                            + " s"));
  }

  private static long begun(List<CapturedAgent.AgentResponse> answers) {
    long last = answers.stream().mapToLong(CapturedAgent.AgentResponse::wallMs).max().orElse(0);
    return answers.stream()
        .filter(answer -> answer.wallMs() == last)
        .mapToLong(answer -> answer.wallMs() - answer.tookNanos() / 1_000_000)
        .min()
        .orElse(last);
  }

  private static DetailNode state(AgentState state) {
    return DetailNode.of(
        "state",
        "agent " + state.agentId(),
        DetailNode.of("agent id", state.agentId()),
        names("frameworks", state.frameworkNames()),
        names("applications", state.applicationNames()));
  }

  private static DetailNode names(String what, Map<String, String> names) {
    List<DetailNode> nodes = new ArrayList<>();
    new TreeMap<>(names).forEach((id, name) -> nodes.add(DetailNode.of(id, name)));
    return DetailNode.of(what, DisplayFormat.count(names.size()), nodes);
  }
}
