// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.MetricList;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.filter.Filter;
import dcos.metrics.collector.message.RecordRange;
import dcos.metrics.collector.outcome.LedgerTerm;
import dcos.metrics.collector.outcome.Outcome;
import dcos.metrics.collector.outcome.Receipt;
import dcos.metrics.collector.outcome.RecordState;
import dcos.metrics.collector.recording.EventWriter;
import dcos.metrics.inspector.recording.state.CapturedRecord;
import dcos.metrics.inspector.testing.FoundRows;
import dcos.metrics.inspector.testing.Happened;
import dcos.metrics.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens, in whatever order: the same counts and states as of a list of all records. */
class RandomEventsTest {
  private static final int STEPS = 400;
  private static final List<String> FILTERS =
      List.of(
          "topic:t1",
          "-topic:t1",
          "outcome:delivered",
          "-outcome:delivered",
          "outcome:undeliverable",
          "outcome:partly",
          "outcome:held",
          "outcome:received",
          "outcome:unknown topic:t2",
          "state:sending or verdict:throttled",
          "message<4",
          "records>3",
          "ms>=0",
          "-(outcome:dry-run or source:2)",
          "value>1 -outcome:rejected");

  @TempDir Path folder;
  private final Happened happened = new Happened();
  private final List<Naive> all = new ArrayList<>();
  private final Map<Long, List<Naive>> blocks = new TreeMap<>();
  private final Map<Long, List<Naive>> messages = new TreeMap<>();
  private long lastMessage;

  /** A record, as a model that keeps everything has it. */
  private static final class Naive {
    private final long block;
    private final int place;
    private final MetricList metrics;
    private RecordState state = RecordState.RECEIVED;
    private long delivery = -1;

    private Naive(long block, int place, MetricList metrics) {
      this.block = block;
      this.place = place;
      this.metrics = metrics;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void countsAsTheNaiveModelDoes(long seed) throws IOException {
    var random = new Random(seed);
    try (var recording = new Recording(RecordingLimits.DEFAULT, folder)) {
      recording.start();
      for (long source = 1; source <= 3; source++) {
        recording.sink().accept(happened.opened(source, "tcp " + source));
        recording.sink().accept(happened.header(source));
      }
      for (int i = 0; i < STEPS; i++) {
        Event event = next(random);
        if (event != null) {
          recording.sink().accept(event);
        }
      }
      Await.until("all is taken in", recording::isSettled);

      assertThat(recording.recordCount()).isEqualTo(all.size());
      List<CapturedRecord> rows = recording.records(0, all.size());
      for (int i = 0; i < all.size(); i++) {
        assertThat(rows.get(i).state()).isEqualTo(all.get(i).state);
        assertThat(rows.get(i).delivery()).isEqualTo(all.get(i).delivery);
        assertThat(rows.get(i).metrics()).isEqualTo(all.get(i).metrics);
      }
      assertThat(recording.ledger().records()).isEqualTo(ledger());
      for (long delivery = 0; delivery < lastMessage; delivery++) {
        long wanted = delivery;
        long[] numbers =
            LongStream.range(0, all.size())
                .filter(i -> all.get((int) i).delivery == wanted)
                .toArray();
        assertThat(recording.recordsOf(delivery)).isEqualTo(numbers);
      }
      long ofSources =
          recording.sources().stream().mapToLong(s -> s.records().get(LedgerTerm.HELD)).sum();
      assertThat(ofSources).isEqualTo(recording.ledger().records(LedgerTerm.HELD));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16})
  void findsWhatCollectorCatFinds(long seed) throws Exception {
    var random = new Random(seed);
    Path file = folder.resolve("random.avro");
    try (var writer = new EventWriter(Files.newOutputStream(file))) {
      for (long source = 1; source <= 3; source++) {
        writer.write(happened.opened(source, "tcp " + source));
        writer.write(happened.header(source));
      }
      for (int i = 0; i < STEPS; i++) {
        Event event = next(random);
        if (event != null) {
          writer.write(event);
        }
      }
    }
    try (Recording recording = Recording.open(List.of(file), RecordingLimits.DEFAULT, folder)) {
      recording.start();
      Await.until("the file", () -> recording.loading().done());
      for (String filter : FILTERS) {
        Filter parsed = Filter.parse(filter);
        assertThat(FoundRows.printed(List.of(file), parsed))
            .as(filter)
            .isEqualTo(FoundRows.of(recording, parsed));
      }
    }
  }

  private @Nullable Event next(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> receive(random);
      case 1 -> sort(random);
      case 2 -> make(random);
      default -> settle(random);
    };
  }

  private Event receive(Random random) {
    long id = blocks.size() + 1L;
    List<MetricList> records =
        Happened.records("t" + random.nextInt(3), 1 + random.nextInt(6), random.nextInt(4));
    List<Naive> naive = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      naive.add(new Naive(id, i, records.get(i)));
    }
    blocks.put(id, naive);
    all.addAll(naive);
    return happened.block(id, 1 + random.nextInt(3), records);
  }

  /** Some of a block's records, from the first on that has no verdict. */
  private @Nullable Event sort(Random random) {
    for (Map.Entry<Long, List<Naive>> block : blocks.entrySet()) {
      List<Naive> open =
          block.getValue().stream().filter(r -> r.state.equals(RecordState.RECEIVED)).toList();
      if (open.isEmpty()) {
        continue;
      }
      int count = 1 + random.nextInt(open.size());
      Event.Run run =
          switch (random.nextInt(5)) {
            case 0 -> Happened.rejected(count);
            case 1 -> Happened.throttled("web", count);
            case 2 ->
                new Event.Run(
                    random.nextBoolean() ? "web" : "", Optional.of(new Outcome.Unknown("")), count);
            default -> Happened.accepted("web", count);
          };
      RecordState state = run.outcome().map(RecordState::of).orElse(RecordState.IN_BATCH);
      open.subList(0, count).forEach(record -> record.state = state);
      return happened.sorted(block.getKey(), run);
    }
    return null;
  }

  private @Nullable Event make(Random random) {
    List<Naive> open = all.stream().filter(r -> r.state.equals(RecordState.IN_BATCH)).toList();
    if (open.isEmpty()) {
      return null;
    }
    List<Naive> taken = open.subList(0, 1 + random.nextInt(open.size()));
    long delivery = lastMessage;
    lastMessage++;
    for (Naive record : taken) {
      record.state = RecordState.IN_MESSAGE;
      record.delivery = delivery;
    }
    messages.put(lastMessage, List.copyOf(taken));
    return happened.made(lastMessage, "web", ranges(taken));
  }

  /** All of a message, or its first half and some time later the other. */
  private @Nullable Event settle(Random random) {
    for (Map.Entry<Long, List<Naive>> message : messages.entrySet()) {
      List<Naive> open =
          message.getValue().stream().filter(r -> r.state.equals(RecordState.IN_MESSAGE)).toList();
      if (open.isEmpty()) {
        continue;
      }
      boolean whole = open.size() == message.getValue().size() && random.nextBoolean();
      List<Naive> some = whole ? open : open.subList(0, (open.size() + 1) / 2);
      Outcome outcome =
          switch (random.nextInt(5)) {
            case 0 -> new Outcome.Undeliverable(Outcome.Reason.TOO_LARGE, "");
            case 3 -> new Outcome.Unknown("Expired");
            case 1 -> new Outcome.DryRun();
            case 2 -> new Outcome.Throttled(Outcome.LimitScope.GLOBAL);
            default -> new Outcome.Delivered(new Receipt(1, 2));
          };
      RecordState state = RecordState.of(outcome);
      some.forEach(record -> record.state = state);
      RecordRange[] ranges = whole ? new RecordRange[0] : ranges(some);
      return happened.settled(message.getKey(), some.size(), outcome, ranges);
    }
    return null;
  }

  private static RecordRange[] ranges(List<Naive> records) {
    return records.stream()
        .map(record -> new RecordRange(record.block, record.place, 1))
        .toArray(RecordRange[]::new);
  }

  private Map<LedgerTerm, Long> ledger() {
    Map<LedgerTerm, Long> ledger = new EnumMap<>(LedgerTerm.class);
    for (LedgerTerm term : LedgerTerm.values()) {
      ledger.put(term, 0L);
    }
    ledger.put(LedgerTerm.RECEIVED, (long) all.size());
    for (Naive record : all) {
      LedgerTerm term = record.state.outcome().map(Outcome::term).orElse(LedgerTerm.HELD);
      ledger.merge(term, 1L, Long::sum);
    }
    return ledger;
  }
}
