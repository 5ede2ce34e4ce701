// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.playback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dcos.metrics.MetricList;
import dcos.metrics.codec.record.MetricListCodec;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.ledger.Ledger;
import dcos.metrics.collector.outcome.Outcome;
import dcos.metrics.collector.testing.Records;
import dcos.metrics.collector.testing.Streams;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A filter and several files, folders, pipes or runs. */
@Timeout(60)
class FilteredFilesTest extends FilteredRun {
  @Test
  void findsTheSameOfPipesInEitherOrder() throws Exception {
    record(Map.of());
    byte[] input = Files.readAllBytes(files("input").getFirst());
    byte[] output = Files.readAllBytes(files("output").getFirst());

    for (String filter : List.of("outcome=dry-run", "topic=web", "state:dry topic=db", "ms>=0")) {
      List<JsonNode> expected = found(filter, ENOUGH_BYTES, recorded());
      assertThat(expected).as(filter).isNotEmpty();
      assertThat(found(filter, ENOUGH_BYTES, List.of(pipe(input), pipe(output))))
          .as(filter)
          .containsExactlyInAnyOrderElementsOf(expected);
      assertThat(found(filter, ENOUGH_BYTES, List.of(pipe(output), pipe(input))))
          .as(filter)
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @Test
  void readsFilesInTheOrderOfTheirEvents() throws Exception {
    Path input1 = write("input-1", opened(), block(1, "web"), sorted(1));
    Path output1 = write("output-1", made(1, 1), settled(1, new Outcome.Delivered(receipt())));
    Path input2 = write("input-2", opened(), block(1, "db"), sorted(1));
    Path output2 = write("output-2", made(1, 1), settled(1, new Outcome.DryRun()));

    List<PlaybackInput> files = inputs(output2, input1, input2, output1);

    assertThat(topics(found("outcome:delivered", ENOUGH_BYTES, files)))
        .containsExactly("web", "web");
    assertThat(topics(found("outcome:dry-run", ENOUGH_BYTES, files))).containsExactly("db", "db");
  }

  @Test
  void readsTheFoldersOfTwoCollectorsApart() throws Exception {
    Files.createDirectory(temp.resolve("a"));
    Files.createDirectory(temp.resolve("b"));
    Event open = opened();
    Event blockOfA = block(1, "web");
    Event blockOfB = block(1, "db");
    Event sorted = sorted(1);
    Event made = made(1, 1);
    Path a = write("a/some", open, blockOfA, sorted, made, settled(1, new Outcome.DryRun()));
    Path b =
        write("b/some", open, blockOfB, sorted, made, settled(1, new Outcome.Delivered(receipt())));

    assertThat(topics(found("outcome:delivered", ENOUGH_BYTES, inputs(a, b))))
        .containsExactly("db", "db");
    assertThat(topics(found("outcome:dry-run", ENOUGH_BYTES, inputs(a, b))))
        .containsExactly("web", "web");
    assertThat(topics(found("-outcome:held", ENOUGH_BYTES, inputs(a, b)))).hasSize(4);
  }

  @Test
  void readsTheFilesOfAFolderTogetherWhereverTheyAreNamed() throws Exception {
    record(Map.of());
    Path other = Files.createDirectory(temp.resolve("other"));
    Path input = files("input").getFirst();
    Path output = files("output").getFirst();
    Path input2 = Files.copy(input, other.resolve("input.avro"));
    Path output2 = Files.copy(output, other.resolve("output.avro"));

    List<JsonNode> found =
        found("outcome:dry-run", ENOUGH_BYTES, inputs(input, input2, output, output2));

    assertThat(of(found, "record")).hasSize(120);
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @Test
  void readsOnWhereAFileIsBrokenAndNamesIt() throws Exception {
    Path good = write("good", opened(), block(1, "web"), sorted(1));
    var broken = new ByteArrayOutputStream();
    broken.writeBytes(Files.readAllBytes(write("first", opened(), block(2, "db"), sorted(2))));
    broken.writeBytes(Streams.container(Records.many("web", 1, 1))); // of another kind
    Path bad = Files.write(temp.resolve("bad.avro"), broken.toByteArray());
    Path metrics =
        Files.write(temp.resolve("metrics.avro"), Streams.container(Records.many("web", 1, 1)));
    var out = new ByteArrayOutputStream();

    assertThat(show("topic:*", ENOUGH_BYTES, inputs(good, bad, metrics), out)).isFalse();

    assertThat(json(out.toString(UTF_8).lines().toList()))
        .extracting(line -> line.get("topic").asText())
        .containsExactlyInAnyOrder("web", "web", "db", "db", "web");
    assertThat(err.toString(UTF_8).lines())
        .singleElement()
        .asString()
        .startsWith(bad + ": not a recording");
  }

  @Test
  void takesNoHeaderOfAnOlderSnapshot() throws Exception {
    String schema = MetricList.getClassSchema().toString();
    Event source = new Event.SourceOpened(now(), 2, "tcp 127.0.0.1:1");
    var first = new Event.HeaderSeen(now(), 2, "snappy", schema, false, new byte[0], 0);
    var second = new Event.HeaderSeen(now(), 2, "null", schema, false, new byte[0], 500);
    byte[] records = MetricListCodec.encode(Records.many("web", 2, 1)).bytes();
    var older =
        new Event.Snapshot(
            now(),
            "1",
            List.of(),
            List.of(new Event.OpenSource((Event.SourceOpened) source, Optional.of(first))),
            Optional.empty(),
            Optional.empty(),
            new Ledger().snapshot());
    Path file =
        write(
            "rolled",
            source,
            first,
            second,
            older,
            new Event.BlockReceived(now(), 1, 2, 600, 2, records, 500),
            sorted(1));

    assertThat(topics(found("topic:web", ENOUGH_BYTES, inputs(file))))
        .containsExactly("web", "web");
  }

  @Test
  void givesNoBlockTheOutcomeOfAnotherRun() throws Exception {
    Path file =
        write(
            "runs",
            opened(),
            block(5, "web"),
            sorted(5),
            made(1, 5),
            made(2, 6),
            newRun(),
            opened(),
            made(1, 5), // whose block was skipped
            settled(1, new Outcome.Delivered(receipt())),
            made(2, 6),
            settled(2, new Outcome.DryRun()));

    assertThat(of(found("outcome:delivered", ENOUGH_BYTES, inputs(file)), "record")).isEmpty();
    assertThat(topics(found("state:sending", ENOUGH_BYTES, inputs(file)))).hasSize(2);
    assertThat(of(found("state:sending", ENOUGH_BYTES, inputs(file)), "message")).hasSize(2);
  }
}
