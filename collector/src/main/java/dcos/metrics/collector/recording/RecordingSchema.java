// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.recording;

import static dcos.metrics.collector.recording.EnumSymbols.symbol;

import dcos.metrics.collector.message.Trigger;
import dcos.metrics.collector.outcome.Outcome;
import dcos.metrics.collector.outcome.Term;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The schema of recordings, as this version writes them: the indexes of events, outcomes and
 * symbols. Of a union with null, null is 0.
 */
final class RecordingSchema {
  /** The full name of the schema's record, in every version. */
  static final String NAME = "dcos.metrics.recording.Entry";

  private static final String RESOURCE = "/dcos/metrics/recording.avsc";

  // In the schema's order.
  static final int SNAPSHOT = 0;
  static final int SOURCE_OPENED = 1;
  static final int HEADER_SEEN = 2;
  static final int SOURCE_CLOSED = 3;
  static final int BLOCK_RECEIVED = 4;
  static final int RECORDS_SORTED = 5;
  static final int AGENT_ASKED = 6;
  static final int AGENT_LEARNED = 7;
  static final int MESSAGE_MADE = 8;
  static final int MESSAGE_SETTLED = 9;
  static final int KAFKA_CHANGED = 10;
  static final int SKIPPED = 11;
  static final int EVENTS = 12;

  static final int DELIVERED = 0;
  static final int DRY_RUN = 1;
  static final int THROTTLED = 2;
  static final int UNDELIVERABLE = 3;
  static final int UNKNOWN_OUTCOME = 4;
  static final int OUTCOMES = 5;

  static final EnumSymbols<Term> TERMS =
      new EnumSymbols<>(
          Term.class,
          List.of(
              symbol("RECEIVED", Term.RECEIVED),
              symbol("RECOVERED", Term.RECOVERED),
              symbol("DELIVERED", Term.DELIVERED),
              symbol("DRY_RUN", Term.DRY_RUN),
              symbol("THROTTLED_INPUT", Term.THROTTLED_INPUT),
              symbol("THROTTLED_GLOBAL", Term.THROTTLED_GLOBAL),
              symbol("REJECTED_TOPIC", Term.REJECTED_TOPIC),
              symbol("UNDELIVERABLE_TOO_LARGE", Term.UNDELIVERABLE_TOO_LARGE),
              symbol("UNDELIVERABLE_NOT_AUTHORIZED", Term.UNDELIVERABLE_NOT_AUTHORIZED),
              symbol("UNDELIVERABLE_ILLEGAL_TOPIC", Term.UNDELIVERABLE_ILLEGAL_TOPIC),
              symbol("UNDELIVERABLE_REFUSED", Term.UNDELIVERABLE_REFUSED),
              symbol("UNDELIVERABLE_SHUTDOWN", Term.UNDELIVERABLE_SHUTDOWN),
              symbol("HELD", Term.HELD),
              symbol("UNKNOWN", Term.UNKNOWN)));

  static final EnumSymbols<Decision> DECISIONS =
      new EnumSymbols<>(
          Decision.class,
          List.of(
              symbol("ACCEPTED", Decision.ACCEPTED),
              symbol("THROTTLED", Decision.THROTTLED),
              symbol("REJECTED_TOPIC", Decision.REJECTED_TOPIC),
              symbol("UNKNOWN", Decision.UNKNOWN)));

  static final EnumSymbols<Trigger> TRIGGERS =
      new EnumSymbols<>(
          Trigger.class,
          List.of(
              symbol("COUNT", Trigger.COUNT),
              symbol("SIZE", Trigger.SIZE),
              symbol("PERIOD", Trigger.PERIOD),
              symbol("MEMORY", Trigger.MEMORY),
              symbol("SHUTDOWN", Trigger.SHUTDOWN),
              symbol("UNKNOWN", Trigger.UNKNOWN)));

  static final EnumSymbols<Outcome.Reason> REASONS =
      new EnumSymbols<>(
          Outcome.Reason.class,
          List.of(
              symbol("TOO_LARGE", Outcome.Reason.TOO_LARGE),
              symbol("NOT_AUTHORIZED", Outcome.Reason.NOT_AUTHORIZED),
              symbol("ILLEGAL_TOPIC", Outcome.Reason.ILLEGAL_TOPIC),
              symbol("REFUSED", Outcome.Reason.REFUSED),
              symbol("SHUTDOWN", Outcome.Reason.SHUTDOWN),
              symbol("UNKNOWN", Outcome.Reason.UNKNOWN)));

  private RecordingSchema() {}

  /** JSON, with the documentation: a recording can be understood with any Avro tool. */
  static String text() {
    return Text.TEXT;
  }

  private static final class Text {
    private static final String TEXT = read();

    private static String read() {
      try (InputStream in = RecordingSchema.class.getResourceAsStream(RESOURCE)) {
        if (in == null) {
          throw new IllegalStateException(RESOURCE + " is missing on the class path");
        }
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
