// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dcos.metrics.collector.delivery.WaitingTopic;
import dcos.metrics.collector.ledger.Counts;
import dcos.metrics.collector.ledger.LedgerSnapshot;
import dcos.metrics.collector.outcome.LedgerTerm;
import dcos.metrics.collector.selfmetrics.SelfMetricSnapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * {@code /ledger}: what became of every record, in total, by source and by topic, and the topics
 * that Kafka does not take messages of, with the last error of each.
 */
final class LedgerPage implements Page {
  private static final Map<String, List<LedgerTerm>> TERMS = termsByKind();

  private final Supplier<SelfMetricSnapshot> source;
  private final Supplier<List<WaitingTopic>> waiting;

  LedgerPage(Supplier<SelfMetricSnapshot> source, Supplier<List<WaitingTopic>> waiting) {
    this.source = source;
    this.waiting = waiting;
  }

  /** It is written for each of them: many that read fast would take the CPU from all others. */
  @Override
  public int mostClients() {
    return 8;
  }

  /** Each holds the numbers of up to a thousand topics until it is sent. */
  @Override
  public int mostAtOnce() {
    return 2;
  }

  @Override
  public PageAnswer answer(String authorization) {
    return new LedgerAnswer(source.get().ledger(), waiting.get());
  }

  private record LedgerAnswer(LedgerSnapshot ledger, List<WaitingTopic> waiting)
      implements PageAnswer {
    @Override
    public String contentType() {
      return JsonOutput.CONTENT_TYPE;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      JsonOutput.write(out, this::write);
    }

    private void write(JsonGenerator json) throws IOException {
      json.writeStartObject();
      json.writeBooleanField("balances", ledger.total().balances());
      json.writeObjectFieldStart("total");
      writeTerms(json, ledger.total());
      json.writeEndObject();
      writeLines(json, "sources", ledger.sources());
      writeLines(json, "topics", ledger.topics());
      writeWaiting(json, waiting);
      json.writeEndObject();
    }
  }

  private static void writeLines(JsonGenerator json, String field, List<LedgerSnapshot.Line> lines)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (LedgerSnapshot.Line line : lines) {
      json.writeStartObject();
      json.writeStringField("name", line.name());
      json.writeBooleanField("balances", line.counts().balances());
      writeTerms(json, line.counts());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeWaiting(JsonGenerator json, List<WaitingTopic> topics)
      throws IOException {
    json.writeArrayFieldStart("waiting_topics");
    for (WaitingTopic topic : topics) {
      json.writeStartObject();
      json.writeStringField("topic", topic.topic());
      json.writeNumberField("messages", topic.messages());
      writeCounts(json, topic.records(), topic.bytes());
      json.writeStringField("error", topic.error());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeTerms(JsonGenerator json, Counts counts) throws IOException {
    for (Map.Entry<String, List<LedgerTerm>> kind : TERMS.entrySet()) {
      json.writeObjectFieldStart(kind.getKey());
      writeCounts(json, counts.records(kind.getKey()), counts.bytes(kind.getKey()));
      List<LedgerTerm> reasons = kind.getValue();
      if (!reasons.isEmpty()) {
        json.writeObjectFieldStart("reasons");
        for (LedgerTerm term : reasons) {
          json.writeObjectFieldStart(term.reason());
          writeCounts(json, counts.records(term), counts.bytes(term));
          json.writeEndObject();
        }
        json.writeEndObject();
      }
      json.writeEndObject();
    }
  }

  private static void writeCounts(JsonGenerator json, long records, long bytes) throws IOException {
    json.writeNumberField("records", records);
    json.writeNumberField("bytes", bytes);
  }

  /** Every term of the equation in its order, with its reasons, if it has any. */
  private static Map<String, List<LedgerTerm>> termsByKind() {
    Map<String, List<LedgerTerm>> terms = new LinkedHashMap<>();
    for (LedgerTerm term : LedgerTerm.counted()) {
      List<LedgerTerm> reasons = terms.computeIfAbsent(term.kind(), _ -> new ArrayList<>());
      if (!term.reason().isEmpty()) {
        reasons.add(term);
      }
    }
    return terms;
  }
}
