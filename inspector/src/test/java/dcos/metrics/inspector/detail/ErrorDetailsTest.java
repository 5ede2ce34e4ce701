// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.detail;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.message.RecordRange;
import dcos.metrics.collector.outcome.Outcome;
import dcos.metrics.collector.outcome.Outcome.Reason;
import dcos.metrics.inspector.detail.DetailContent.DetailNode;
import dcos.metrics.inspector.format.DisplayFormat;
import dcos.metrics.inspector.testing.Happened;
import dcos.metrics.inspector.workspace.DetailSubject;
import org.junit.jupiter.api.Test;

class ErrorDetailsTest extends DetailsOfEvents {
  @Test
  void listsWhatWentWrongTheLastFirst() {
    take(
        happened.opened(1, SOURCE),
        happened.header(1),
        block(1),
        happened.sorted(1, Happened.accepted("web", 1)),
        happened.made(11, "web", new RecordRange(1, 0, 1)),
        happened.settled(11, 1, new Outcome.Undeliverable(Reason.TOO_LARGE, "")),
        happened.closed(1, "corrupt sync marker", 4711));

    DetailNode root = errors(DetailSubject.OfErrors.all()).root();

    assertThat(root.children())
        .extracting(DetailNode::value)
        .containsExactly(SOURCE + ": corrupt sync marker at offset 4711", "1 records: too large");
    root.children().forEach(DetailsOfEvents::follow);
    assertThat(led).containsExactly(new DetailSubject.OfSource(0).toString(), "delivery 0");
    assertThat(errors(new DetailSubject.OfErrors(0, 1)).root().value()).startsWith("0, ");
  }

  @Test
  void reportsOnceWhatIsTheSameAndHowOftenItWas() {
    take(happened.opened(1, SOURCE), happened.header(1));
    for (int i = 0; i < 5; i++) {
      take(
          happened.block(i, 1, Happened.records("web", 2, 1)),
          happened.sorted(i, Happened.throttled("web", 2)));
      happened.pass(i < 2 ? 10 : 2_000); // Some within the same second, some not.
    }
    take(happened.closed(1, "corrupt sync marker", 4711));

    DetailNode root = errors(DetailSubject.OfErrors.all()).root();

    assertThat(recording.errorCount()).isEqualTo(6);
    assertThat(root.name() + " " + root.value()).isEqualTo("errors 6, the same ones on one line");
    assertThat(root.children()).extracting(DetailNode::value).hasSize(2);
    assertThat(root.children().getLast().value())
        .startsWith(SOURCE + ": records left out: over the input limit of its connection")
        .endsWith("; 5 times since " + DisplayFormat.time(Happened.START_MS + 4));
    follow(root.children().getLast());
    assertThat(led).containsExactly(new DetailSubject.OfSource(0).toString());
  }

  private DetailContent errors(DetailSubject.OfErrors time) {
    return new ErrorDetails(recording, navigator).of(time);
  }
}
