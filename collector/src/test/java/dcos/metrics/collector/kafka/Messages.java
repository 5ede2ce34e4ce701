// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka;

import dcos.metrics.codec.RecordBlock;
import dcos.metrics.collector.ledger.Account;
import dcos.metrics.collector.ledger.Ledger;
import dcos.metrics.collector.ledger.Source;
import dcos.metrics.collector.memory.Budget;
import dcos.metrics.collector.memory.Charge;
import dcos.metrics.collector.message.BlockOrigin;
import dcos.metrics.collector.message.HeldBlock;
import dcos.metrics.collector.message.Message;
import dcos.metrics.collector.message.Slice;
import dcos.metrics.collector.message.Trigger;
import dcos.metrics.collector.outcome.Term;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Messages of records that hold any bytes: nothing here looks into them. */
final class Messages {
  private static final Budget BUDGET = new Budget(1L << 40, () -> {});
  private static final Ledger LEDGER = new Ledger();
  private static final Source SOURCE = LEDGER.open("test");
  private static final AtomicLong IDS = new AtomicLong();

  private Messages() {}

  /** One record of this length. */
  static Message of(String topic, int length) {
    return of(topic, 1, length);
  }

  /**
   * This number of records of this length, each a slice of its own: it splits without being read.
   */
  static Message of(String topic, int records, int length) {
    long id = IDS.incrementAndGet();
    List<Slice> slices = new ArrayList<>();
    for (int i = 0; i < records; i++) {
      byte[] bytes = new byte[length];
      bytes[0] = (byte) id;
      bytes[length - 1] = (byte) i;
      slices.add(Slice.all(held(topic, length), new RecordBlock(bytes, 0, length, 1)));
    }
    return Message.of(id, topic, slices, Trigger.COUNT);
  }

  /** The records one behind the other. */
  static byte[] encode(Message message) {
    var out = new ByteArrayOutputStream();
    for (Slice slice : message.slices()) {
      RecordBlock block = slice.records();
      out.write(block.bytes(), block.offset(), block.length());
    }
    return out.toByteArray();
  }

  private static HeldBlock held(String topic, int length) {
    Account account =
        LEDGER.receive(SOURCE, List.of(new Ledger.Entry(topic, Term.HELD, 1, length))).getFirst();
    return new HeldBlock(BlockOrigin.whole(account, 1), charge(length));
  }

  private static Charge charge(int length) {
    try {
      return BUDGET.charge(length);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
