// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.MetricList;
import dcos.metrics.collector.message.RecordRange;
import dcos.metrics.collector.outcome.LedgerTerm;
import dcos.metrics.collector.outcome.Outcome;
import dcos.metrics.collector.outcome.Receipt;
import dcos.metrics.inspector.recording.state.CapturedRecord;
import dcos.metrics.inspector.recording.state.CapturedSource;
import dcos.metrics.inspector.recording.state.StreamBlock;
import dcos.metrics.inspector.recording.state.StreamContainer;
import dcos.metrics.inspector.testing.Happened;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.file.CodecFactory;
import org.junit.jupiter.api.Test;

/** Files in which one container or recording follows another. */
class ConsecutiveOpenedFilesTest extends OpenedFiles {
  @Test
  void opensAllContainersOfAFile() throws IOException {
    List<MetricList> records = Happened.records("web", 100, 3);
    byte[] all = {};
    List<Long> offsets = new ArrayList<>();
    for (String codec : List.of("null", "deflate", "snappy", "zstandard")) {
      offsets.add((long) all.length);
      all = concatenated(all, container(records, CodecFactory.fromString(codec), 30));
    }

    Recording recording = open(file("all.avro", all));

    assertThat(recording.loading().skipped()).isZero();
    assertThat(recording.recordCount()).isEqualTo(400);
    for (int i = 0; i < 4; i++) {
      assertThat(recording.records(100L * i, 100))
          .extracting(CapturedRecord::metrics)
          .isEqualTo(records);
    }
    CapturedSource source = recording.sources().getFirst();
    assertThat(source.containers()).isEqualTo(4);
    assertThat(source.header().orElseThrow().codec()).isEqualTo("zstandard");
    assertThat(source.end().orElseThrow()).extracting(end -> end.cause()).isEqualTo("");
    List<StreamContainer> containers = recording.contents().containers(0, 10);
    assertThat(containers).extracting(container -> container.header().offset()).isEqualTo(offsets);
    for (StreamContainer container : containers) {
      int from = (int) container.header().offset();
      assertThat(container.header().bytes())
          .isEqualTo(Arrays.copyOfRange(all, from, from + container.header().bytes().length));
    }
    // The marker behind a block is its own container's.
    StreamBlock second = recording.contents().blocks(0, 4, 1).getFirst();
    assertThat(containers.get(1).header().bytes())
        .endsWith(recording.contents().bytesOf(second.number()).sync());
  }

  @Test
  void afterDamageLooksForTheMarkerOfTheSameContainer() throws IOException {
    byte[] first = container(Happened.records("web", 30, 1), CodecFactory.nullCodec(), 10);
    byte[] second = container(Happened.records("db", 30, 1), CodecFactory.deflateCodec(1), 10);
    first[first.length - 1 - 2 * blockBytes()] ^= 1; // the first block's marker

    Recording recording = open(file("both.avro", concatenated(first, second)));

    assertThat(recording.loading().skipped()).isEqualTo(1);
    assertThat(recording.recordCount()).isEqualTo(10 + 30);
    assertThat(recording.records(39, 1).getFirst().metrics().getTopic()).isEqualTo("db");
  }

  @Test
  void reportsWhereAContainerOfAnotherKindBegins() throws IOException {
    byte[] first = container(Happened.records("web", 30, 1), CodecFactory.nullCodec(), 10);
    Path recorded = recording("input.avro", happened.opened(1, "tcp 127.0.0.1:1"));
    byte[] other = Files.readAllBytes(recorded);

    Recording recording = open(file("both.avro", concatenated(first, other)));

    assertThat(recording.recordCount()).isEqualTo(30);
    CapturedSource.SourceEnd end = recording.sources().getFirst().end().orElseThrow();
    assertThat(end.cause()).startsWith("unsupported schema");
    assertThat(end.offset()).isBetween((long) first.length, first.length + 100L);
    assertThat(recording.loading().skipped()).isEqualTo(1);
  }

  @Test
  void opensAllRecordingsOfAFile() throws IOException {
    List<MetricList> records = Happened.records("web", 50, 2);
    byte[] first =
        Files.readAllBytes(
            recording(
                "first.avro",
                happened.opened(1, "tcp 127.0.0.1:1"),
                happened.header(1),
                happened.block(1, 1, records)));
    byte[] second =
        Files.readAllBytes(
            recording(
                "second.avro",
                happened.opened(2, "tcp 127.0.0.1:2"),
                happened.header(2),
                happened.block(2, 2, records)));

    Recording recording = open(file("both.avro", concatenated(first, second)));

    assertThat(recording.loading().problem()).isEmpty();
    assertThat(recording.records(50, 50)).extracting(CapturedRecord::metrics).isEqualTo(records);
    assertThat(recording.records(0, 50)).extracting(CapturedRecord::metrics).isEqualTo(records);
    assertThat(recording.sources()).hasSize(2);
  }

  @Test
  void readsTheOtherFilesWhereAnotherKindBeginsInOne() throws IOException {
    Path input =
        recording(
            "input.avro",
            happened.opened(1, "tcp 127.0.0.1:1"),
            happened.header(1),
            happened.block(1, 1, Happened.records("web", 50, 2)));
    byte[] metrics = container(Happened.records("web", 3, 1), CodecFactory.nullCodec(), 10);
    Path both = file("both.avro", concatenated(Files.readAllBytes(input), metrics));
    Path output =
        recording(
            "output.avro",
            happened.made(1, "web", new RecordRange(1, 0, 50)),
            happened.settled(1, 50, new Outcome.Delivered(new Receipt(2, 4711))));
    Path other = file("other.avro", metrics);

    Recording recording = open(both, output, other);

    assertThat(recording.loading().problem()).startsWith(both + ": not a recording: ");
    assertThat(recording.recordCount()).isEqualTo(53);
    assertThat(recording.ledger().records(LedgerTerm.DELIVERED)).isEqualTo(50);
  }
}
