// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.store;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.EventTime;
import dcos.metrics.collector.message.RecordRange;
import dcos.metrics.collector.outcome.LedgerTerm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockIndexTest {
  private static final long DISK = 100_000;

  @TempDir Path folder;

  @Test
  void dropsTheOldestAndIsNeverAboveItsBoundOnDisk() throws IOException {
    var random = new Random(1);
    long records = 0;
    try (var index = new BlockIndex(folder, DISK, 1 << 20)) {
      for (int id = 1; id <= 2000; id++) {
        int count = random.nextInt(5);
        append(index, id, count, new byte[random.nextInt(3000)]);
        index.takeDropped().forEach(BlockStore::close);
        records += count;

        assertThat(index.diskBytes()).isLessThanOrEqualTo(DISK);
        assertThat(onDisk()).isLessThanOrEqualTo(DISK);
      }
      assertThat(index.nextRecord()).isEqualTo(records);
      assertThat(index.firstRecord()).isEqualTo(index.droppedRecords()).isPositive();
      assertThat(index.blockOfRecord(index.firstRecord() - 1)).isNull();
      for (long record = index.firstRecord(); record < records; record++) {
        BlockLocation block = Objects.requireNonNull(index.blockOfRecord(record));
        assertThat(record)
            .isBetween(block.firstRecord(), block.firstRecord() + block.records() - 1);
        assertThat(block.read()).hasSize(block.length()).containsOnly((byte) block.id());
      }
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void keepsEveryTermAndTellsItFromNone() throws IOException {
    LedgerTerm[] terms = LedgerTerm.values();
    try (var index = new BlockIndex(folder, DISK, 1 << 20)) {
      append(index, 1, terms.length + 1, new byte[10]);
      for (LedgerTerm term : terms) {
        index.addDecision(1, term == LedgerTerm.REJECTED_TOPIC ? -1 : 7, term, 1);
      }

      BlockOutcomes facts = Objects.requireNonNull(index.facts(index.numberOf(1)));
      for (LedgerTerm term : terms) {
        assertThat(facts.term(term.ordinal())).hasValue(term);
        assertThat(facts.topic(term.ordinal()))
            .isEqualTo(term == LedgerTerm.REJECTED_TOPIC ? -1 : 7);
      }
      assertThat(facts.term(terms.length)).isEmpty();
    }
  }

  @Test
  void hasNoRoomForABlockAboveAllThereIs() throws IOException {
    try (var index = new BlockIndex(folder, DISK, 1 << 20)) {
      assertThat(index.room((int) DISK + 1)).isNull();
      assertThat(index.room((int) DISK)).isNotNull();
    }
  }

  @Test
  void keepsItsMemoryWithinItsBound() throws IOException {
    long memory = 4 << 20;
    try (var index = new BlockIndex(folder, 1 << 30, memory)) {
      for (int id = 1; id <= 100_000; id++) {
        append(index, id, 2, new byte[0]);
        index.addDecision(id, 1, LedgerTerm.HELD, 1);
        index.addDecision(id, 2, LedgerTerm.HELD, 1);
        index.addRange(new RecordRange(id, 0, 1), id);
        index.addRange(new RecordRange(id, 1, 1), id + 1);
        index.takeDropped().forEach(BlockStore::close);
      }
      assertThat(index.memoryBytes()).isLessThan(memory + memory / 2);
      assertThat(index.droppedRecords()).isPositive();
      BlockOutcomes facts = Objects.requireNonNull(index.facts(99_999));
      assertThat(facts.delivery(1)).isEqualTo(100_001);
      assertThat(facts.topic(1)).isEqualTo(2);
    }
  }

  @Test
  void findsTheFirstBlockOfATime() throws IOException {
    try (var index = new BlockIndex(folder, DISK, 1 << 20)) {
      for (int id = 1; id <= 100; id++) {
        append(index, id, 1, new byte[1]);
      }
      assertThat(index.firstBlockAt(0)).isZero();
      assertThat(index.firstBlockAt(50)).isEqualTo(49);
      assertThat(index.firstBlockAt(101)).isEqualTo(100);
    }
  }

  private static void append(BlockIndex index, int id, int records, byte[] bytes)
      throws IOException {
    Arrays.fill(bytes, (byte) id);
    BlockFile file = Objects.requireNonNull(index.room(bytes.length));
    var block = new Event.BlockReceived(new EventTime(id, 0), id, 0, 0, records, bytes);
    index.add(block, 0, file.append(bytes));
  }

  private long onDisk() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }
}
