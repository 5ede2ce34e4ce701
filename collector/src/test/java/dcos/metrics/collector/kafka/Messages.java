// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka;

import dcos.metrics.codec.record.RecordBlock;
import dcos.metrics.collector.ledger.Account;
import dcos.metrics.collector.ledger.Ledger;
import dcos.metrics.collector.ledger.Source;
import dcos.metrics.collector.memory.MemoryBudget;
import dcos.metrics.collector.memory.Reservation;
import dcos.metrics.collector.message.BlockRecordOrigin;
import dcos.metrics.collector.message.FlushTrigger;
import dcos.metrics.collector.message.HeldBlock;
import dcos.metrics.collector.message.Message;
import dcos.metrics.collector.message.RecordSlice;
import dcos.metrics.collector.outcome.LedgerTerm;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Messages of records that hold any bytes: nothing here looks into them. */
public final class Messages {
  private static final MemoryBudget BUDGET = new MemoryBudget(1L << 40, () -> {});
  private static final Ledger LEDGER = new Ledger();
  private static final Source SOURCE = LEDGER.open("test");
  private static final AtomicLong IDS = new AtomicLong();

  private Messages() {}

  /** One record of this length. */
  public static Message of(String topic, int length) {
    return of(topic, 1, length);
  }

  /**
   * This number of records of this length, each a slice of its own: it splits without being read.
   */
  public static Message of(String topic, int records, int length) {
    long id = IDS.incrementAndGet();
    List<RecordSlice> slices = new ArrayList<>();
    for (int i = 0; i < records; i++) {
      byte[] bytes = new byte[length];
      bytes[0] = (byte) id;
      bytes[length - 1] = (byte) i;
      slices.add(RecordSlice.all(held(topic, length), new RecordBlock(bytes, 0, length, 1)));
    }
    return Message.of(id, topic, slices, FlushTrigger.COUNT);
  }

  /** The records one behind the other. */
  static byte[] encode(Message message) {
    var out = new ByteArrayOutputStream();
    for (RecordSlice slice : message.slices()) {
      RecordBlock block = slice.records();
      out.write(block.bytes(), block.offset(), block.length());
    }
    return out.toByteArray();
  }

  private static HeldBlock held(String topic, int length) {
    Account account =
        LEDGER
            .receive(SOURCE, List.of(new Ledger.SourceEntry(topic, LedgerTerm.HELD, 1, length)))
            .getFirst();
    return new HeldBlock(BlockRecordOrigin.whole(account, 1), reserve(length));
  }

  private static Reservation reserve(int length) {
    try {
      return BUDGET.reserve(length);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
