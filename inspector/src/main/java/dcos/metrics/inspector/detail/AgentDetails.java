// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.presenter;

import dcos.metrics.collector.settings.Options;
import dcos.metrics.collector.tags.AgentState;
import dcos.metrics.inspector.model.Recording;
import dcos.metrics.inspector.model.captured.CapturedAgent;
import dcos.metrics.inspector.viewmodel.Detail.Node;
import dcos.metrics.inspector.viewmodel.Texts;
import dcos.metrics.inspector.viewmodel.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The Mesos agent: what it answered last, what is known of it, and when it is asked again. */
final class AgentDetails {
  private AgentDetails() {}

  /** The last answer to each request. */
  static Node answers(Recording recording) {
    List<CapturedAgent.Answer> answers = recording.agent().answers();
    long failed = answers.stream().filter(answer -> !answer.failure().isEmpty()).count();
    boolean off =
        new LimitsInForce(recording.settings())
            .value(Options.AGENT_POLLING)
            .filter("false"::equals)
            .isPresent();
    String all =
        answers.isEmpty()
            ? off ? "not asked: " + Options.AGENT_POLLING.name() + " false" : "not asked yet"
            : failed == 0
                ? "every request was answered"
                : failed + " of " + answers.size() + " requests failed";
    return Node.of("last answers", all, answers.stream().map(AgentDetails::answer).toList())
        .toned(failed == 0 ? Tone.QUIET : Tone.WARNING);
  }

  private static Node answer(CapturedAgent.Answer answer) {
    boolean failed = !answer.failure().isEmpty();
    List<Node> parts = new ArrayList<>();
    if (failed) {
      parts.add(Node.of("why", answer.failure()).toned(Tone.WARNING));
    }
    parts.add(Node.of("from", answer.from()));
    parts.add(Node.of("when", Texts.time(answer.wallMs())));
    parts.add(Node.of("took", Texts.span(answer.tookNanos() / 1e6)));
    return Node.of(
            answer.path(),
            failed ? "failed: " + answer.failure() : "answered at " + Texts.time(answer.wallMs()),
            parts)
        .toned(failed ? Tone.WARNING : Tone.QUIET);
  }

  /** When it is asked again, and what it said of itself. */
  static List<Node> more(Recording recording) {
    List<Node> nodes = new ArrayList<>();
    CapturedAgent agent = recording.agent();
    next(recording, agent.answers()).ifPresent(nodes::add);
    nodes.add(
        agent
            .state()
            .map(AgentDetails::state)
            .orElseGet(() -> Node.of("state", "it has not said what it is and runs")));
    return nodes;
  }

  /** A poll begins with the first request, and again a period after that. */
  private static Optional<Node> next(Recording recording, List<CapturedAgent.Answer> answers) {
    return new LimitsInForce(recording.settings())
        .value(Options.AGENT_POLL_PERIOD)
        .map(
            seconds ->
                Node.of(
                    "next",
                    answers.isEmpty()
                        ? "every " + seconds + " s"
                        : "about "
                            + Texts.time(begun(answers) + 1000 * Long.parseLong(seconds))
                            + ", every "
                            + seconds
                            + " s"));
  }

  private static long begun(List<CapturedAgent.Answer> answers) {
    long last = answers.stream().mapToLong(CapturedAgent.Answer::wallMs).max().orElse(0);
    return answers.stream()
        .filter(answer -> answer.wallMs() == last)
        .mapToLong(answer -> answer.wallMs() - answer.tookNanos() / 1_000_000)
        .min()
        .orElse(last);
  }

  private static Node state(AgentState state) {
    return Node.of(
        "state",
        "agent " + state.agentId(),
        Node.of("agent id", state.agentId()),
        names("frameworks", state.frameworkNames()),
        names("applications", state.applicationNames()));
  }

  private static Node names(String what, Map<String, String> names) {
    List<Node> nodes = new ArrayList<>();
    new TreeMap<>(names).forEach((id, name) -> nodes.add(Node.of(id, name)));
    return Node.of(what, Texts.count(names.size()), nodes);
  }
}
