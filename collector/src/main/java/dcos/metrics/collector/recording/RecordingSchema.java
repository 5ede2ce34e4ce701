// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.recording;

import static dcos.metrics.collector.recording.EnumSymbols.symbol;

import dcos.metrics.collector.message.FlushTrigger;
import dcos.metrics.collector.outcome.LedgerTerm;
import dcos.metrics.collector.outcome.Outcome;
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

  static final EnumSymbols<LedgerTerm> TERMS =
      new EnumSymbols<>(
          LedgerTerm.class,
          List.of(
              symbol("RECEIVED", LedgerTerm.RECEIVED),
              symbol("RECOVERED", LedgerTerm.RECOVERED),
              symbol("DELIVERED", LedgerTerm.DELIVERED),
              symbol("DRY_RUN", LedgerTerm.DRY_RUN),
              symbol("THROTTLED_INPUT", LedgerTerm.THROTTLED_INPUT),
              symbol("THROTTLED_GLOBAL", LedgerTerm.THROTTLED_GLOBAL),
              symbol("REJECTED_TOPIC", LedgerTerm.REJECTED_TOPIC),
              symbol("UNDELIVERABLE_TOO_LARGE", LedgerTerm.UNDELIVERABLE_TOO_LARGE),
              symbol("UNDELIVERABLE_NOT_AUTHORIZED", LedgerTerm.UNDELIVERABLE_NOT_AUTHORIZED),
              symbol("UNDELIVERABLE_ILLEGAL_TOPIC", LedgerTerm.UNDELIVERABLE_ILLEGAL_TOPIC),
              symbol("UNDELIVERABLE_REFUSED", LedgerTerm.UNDELIVERABLE_REFUSED),
              symbol("UNDELIVERABLE_SHUTDOWN", LedgerTerm.UNDELIVERABLE_SHUTDOWN),
              symbol("HELD", LedgerTerm.HELD),
              symbol("UNKNOWN", LedgerTerm.UNKNOWN)));

  static final EnumSymbols<ArrivalDecision> DECISIONS =
      new EnumSymbols<>(
          ArrivalDecision.class,
          List.of(
              symbol("ACCEPTED", ArrivalDecision.ACCEPTED),
              symbol("THROTTLED", ArrivalDecision.THROTTLED),
              symbol("REJECTED_TOPIC", ArrivalDecision.REJECTED_TOPIC),
              symbol("UNKNOWN", ArrivalDecision.UNKNOWN)));

  static final EnumSymbols<FlushTrigger> TRIGGERS =
      new EnumSymbols<>(
          FlushTrigger.class,
          List.of(
              symbol("COUNT", FlushTrigger.COUNT),
              symbol("SIZE", FlushTrigger.SIZE),
              symbol("PERIOD", FlushTrigger.PERIOD),
              symbol("MEMORY", FlushTrigger.MEMORY),
              symbol("SHUTDOWN", FlushTrigger.SHUTDOWN),
              symbol("UNKNOWN", FlushTrigger.UNKNOWN)));

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
    return SchemaDocument.TEXT;
  }

  private static final class SchemaDocument {
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
