// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.detail;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.message.RecordRange;
import dcos.metrics.collector.outcome.Outcome;
import dcos.metrics.inspector.detail.DetailContent.DetailNode;
import dcos.metrics.inspector.testing.Happened;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeliveryDetailsTest extends DetailsOfEvents {
  @Test
  void listsAMessagesRecordsBySourceAndBlock() {
    take(
        happened.opened(1, SOURCE),
        happened.header(1),
        happened.block(1, 1, Happened.records("web", 3, 1)),
        happened.block(2, 1, Happened.records("web", 2, 1)),
        happened.sorted(1, Happened.accepted("web", 3)),
        happened.sorted(2, Happened.accepted("web", 2)),
        happened.made(11, "web", new RecordRange(1, 1, 2), new RecordRange(2, 0, 1)),
        happened.settled(11, 3, new Outcome.DryRun()));

    DetailContent detail = delivery(0);

    assertThat(lines(detail.root()))
        .contains(
            "message #11",
            "state dry-run: it would have been sent",
            "topic metrics-web",
            "triggered by count: as many records as a message holds",
            "holds 3 records, 30 B before the collector's tags");
    DetailNode records = at(detail.root(), "records");
    assertThat(lines(records))
        .containsExactly(
            "records 3 from one source",
            SOURCE + " 3 records",
            "block at byte 100 its records 2 to 3",
            "record #2",
            "record #3",
            "block at byte 200 its record 1",
            "record #4");
    assertThat(detail.bytes().content()).isEmpty();
    assertThat(detail.bytes().note()).isEqualTo(DeliveryDetails.NO_BYTES);
    follow(at(at(records, SOURCE), "block at byte 100").children().getLast());
    detail.links().forEach(link -> link.run().run());
    assertThat(led).containsExactly("record 2", "record 1", "RECORDS message=11");
  }

  @Test
  void listsNoMoreRecordsOfAMessageThanCanBeLookedAt() {
    take(
        block(300),
        happened.sorted(1, Happened.accepted("web", 300)),
        happened.made(11, "web", new RecordRange(1, 0, 300)));

    List<String> lines = lines(at(delivery(0).root(), "records"));

    assertThat(lines)
        .hasSize(3 + DeliveryDetails.MAX_RECORDS + 1)
        .last()
        .isEqualTo("\u2026 100 more");
  }
}
