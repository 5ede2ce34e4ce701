// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.playback;

import com.fasterxml.jackson.core.JsonGenerator;
import dcos.metrics.collector.outcome.Outcome;
import dcos.metrics.collector.outcome.Receipt;
import dcos.metrics.collector.outcome.RecordState;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/**
 * The fields before a record's own where what was recorded is printed as JSON, here and wherever
 * else it is to read the same. Each writes into the object that the generator has begun.
 * Thread-safe.
 */
public final class RecordJson {
  /** In no message. */
  public static final long NONE = -1;

  private RecordJson() {}

  /** What it is, and when it happened, in milliseconds since the epoch. */
  static void writeEvent(JsonGenerator json, String what, long wallMs) throws IOException {
    json.writeStringField("event", what);
    json.writeStringField("at", Instant.ofEpochMilli(wallMs).toString());
  }

  /**
   * That it is a record, and how it came.
   *
   * @param wallMs when its block was read, since the epoch
   * @param block the block's id
   * @param index which one of the block's, from 0
   */
  public static void writeArrival(
      JsonGenerator json, long wallMs, String source, long block, int index) throws IOException {
    writeEvent(json, "record", wallMs);
    json.writeStringField("source", source);
    json.writeNumberField("block", block);
    json.writeNumberField("index", index);
  }

  /**
   * What was decided of it.
   *
   * @param verdict such as {@code accepted}
   * @param kafkaTopic where it is to go; empty where it was rejected
   */
  public static void writeVerdict(JsonGenerator json, String verdict, String kafkaTopic)
      throws IOException {
    json.writeStringField("verdict", verdict);
    json.writeStringField("kafka_topic", kafkaTopic);
  }

  /**
   * What became of it, as far as it is known: the outcome, or that it is held; the state of its
   * message, the reason, and where it is.
   *
   * @param message the number of its message, or {@link #NONE}
   */
  public static void writeOutcome(JsonGenerator json, RecordState state, long message)
      throws IOException {
    json.writeStringField("outcome", state.outcome().map(Outcome::code).orElse(state.name()));
    writeText(json, "state", state.messageState());
    writeText(json, "reason", state.why());
    if (message != NONE) {
      json.writeNumberField("message", message);
    }
    writeReceipt(json, state.receipt());
  }

  /** Where a message is, if that is known. */
  public static void writeReceipt(JsonGenerator json, Optional<Receipt> receipt)
      throws IOException {
    if (receipt.isPresent()) {
      json.writeNumberField("partition", receipt.get().partition());
      json.writeNumberField("offset", receipt.get().offset());
    }
  }

  private static void writeText(JsonGenerator json, String name, String text) throws IOException {
    if (!text.isEmpty()) {
      json.writeStringField(name, text);
    }
  }
}
