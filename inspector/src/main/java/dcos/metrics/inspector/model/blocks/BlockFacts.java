// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.model.blocks;

import java.util.Arrays;

/** What was decided of each record of a block, one by one. Not thread-safe. */
public final class BlockFacts {
  /** In no message. */
  public static final int NO_DELIVERY = -1;

  static final int NO_TOPIC = -1;

  /** No verdict yet: not the ordinal of any. */
  public static final int PENDING = -1;

  private final int[] topics;
  private final byte[] verdicts;
  private final int[] deliveries;

  BlockFacts(int records) {
    topics = new int[records];
    verdicts = new byte[records];
    deliveries = new int[records];
    Arrays.fill(topics, NO_TOPIC);
    Arrays.fill(verdicts, (byte) PENDING);
    Arrays.fill(deliveries, NO_DELIVERY);
  }

  void setVerdict(int from, int to, int topic, int verdict) {
    Arrays.fill(topics, from, to, topic);
    Arrays.fill(verdicts, from, to, (byte) verdict);
  }

  void setDelivery(int from, int to, int delivery) {
    Arrays.fill(deliveries, from, to, delivery);
  }

  /** The number of a record's topic. */
  public int topic(int record) {
    return topics[record];
  }

  /** The ordinal of a record's verdict, or {@link #PENDING}. */
  public int verdict(int record) {
    return verdicts[record];
  }

  /** The number of the message that a record is in, or {@link #NO_DELIVERY}. */
  public int delivery(int record) {
    return deliveries[record];
  }
}
