// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.export;

import dcos.metrics.collector.message.FlushTrigger;
import dcos.metrics.inspector.recording.state.CapturedDelivery;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A value of a message as exports write it.
 *
 * @param column its name in the first line of a CSV file
 * @param key its name in JSON
 * @param value a text or a number; null or empty where there is none
 */
record MessageField(String column, String key, Function<CapturedDelivery, @Nullable Object> value) {
  /** All of them, in the order of the columns. */
  static final List<MessageField> ALL =
      List.of(
          of("message", message -> known(message.id())),
          new MessageField(
              "time", "at", message -> Instant.ofEpochMilli(message.wallMs()).toString()),
          of("kafka_topic", CapturedDelivery::topic),
          of("records", CapturedDelivery::records),
          of("bytes", CapturedDelivery::bytes),
          of("trigger", message -> word(message.trigger())),
          of("state", message -> message.state().name()),
          of("detail", CapturedDelivery::detail),
          of("partition", message -> message.receipt().map(at -> at.partition()).orElse(null)),
          of("offset", message -> message.receipt().map(at -> at.offset()).orElse(null)),
          of("batch_ns", message -> known(message.batchNanos())),
          of("settle_ns", message -> known(message.settleNanos())),
          of("settled_records", CapturedDelivery::settledRecords));

  private static MessageField of(String name, Function<CapturedDelivery, @Nullable Object> value) {
    return new MessageField(name, name, value);
  }

  private static @Nullable Object known(long number) {
    return number < 0 ? null : number;
  }

  private static @Nullable Object known(OptionalLong number) {
    return number.isPresent() ? number.getAsLong() : null;
  }

  private static String word(@Nullable FlushTrigger trigger) {
    return trigger == null ? "" : trigger.word();
  }

  /** As a CSV file holds it. */
  String text(CapturedDelivery message) {
    Object known = value.apply(message);
    return known == null ? "" : known.toString();
  }
}
