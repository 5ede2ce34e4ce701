// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.testing;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dcos.metrics.MetricList;
import dcos.metrics.codec.record.MetricListJson;
import dcos.metrics.collector.outcome.MessageState;
import dcos.metrics.collector.outcome.RecordState;
import dcos.metrics.inspector.recording.Recording;
import dcos.metrics.inspector.recording.state.CapturedDelivery;
import dcos.metrics.inspector.recording.state.CapturedRecord;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a recording shows, one line per record and message, and the ledger: read from the model, or
 * expected by what {@code collector cat} printed.
 *
 * @param records sorted
 * @param deliveries in the order in which they were made
 * @param ledger by the terms of the equation, without those that are zero
 */
public record RecordingContents(
    List<String> records, List<String> deliveries, Map<String, Long> ledger) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String RECEIVED = "received";
  private static final String HELD = "held";

  /** What the model has of a recording that was read to its end. */
  public static RecordingContents of(Recording recording) {
    List<String> records = new ArrayList<>();
    for (CapturedRecord record : recording.records(0, Integer.MAX_VALUE)) {
      records.add(
          line(
              record.source(),
              record.kafkaTopic(),
              record.state().label(),
              json(record.metrics())));
    }
    records.sort(null);
    List<String> deliveries = new ArrayList<>();
    for (CapturedDelivery delivery : recording.deliveries(0, Integer.MAX_VALUE)) {
      deliveries.add(
          line(
              delivery.id(),
              delivery.topic(),
              delivery.records(),
              delivery.bytes(),
              String.valueOf(delivery.trigger()),
              delivery.state().partly() ? PARTLY : delivery.state().name(),
              delivery.receipt().map(at -> at.partition() + " " + at.offset()).orElse("-1 -1")));
    }
    Map<String, Long> ledger = new TreeMap<>();
    recording
        .ledger()
        .records()
        .forEach((term, count) -> ledger.merge(term.kind(), count, Long::sum));
    ledger.values().removeIf(count -> count == 0);
    return new RecordingContents(records, deliveries, ledger);
  }

  /** What the model must have, by the lines of all files of a recording together. */
  public static RecordingContents expectedBy(List<String> lines) {
    return new Expected(lines).contents();
  }

  /** A message that was split, and whose parts have different outcomes. */
  private static final String PARTLY = "partly";

  private static String line(Object... values) {
    return Stream.of(values).map(Object::toString).collect(Collectors.joining(" "));
  }

  private static String json(MetricList metrics) {
    var text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      MetricListJson.writeFields(json, metrics);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** Follows each record from its block into its message. */
  private static final class Expected {
    private final List<ObjectNode> records = new ArrayList<>();
    private final Map<Long, ObjectNode> messages = new LinkedHashMap<>();
    private final Map<String, String> states = new HashMap<>();
    private final Map<Long, Map<String, Long>> settled = new HashMap<>();
    private final Map<Long, String> places = new HashMap<>();
    private final Map<String, Long> ledger = new TreeMap<>();

    private Expected(List<String> lines) {
      for (String line : lines) {
        ObjectNode json = parse(line);
        switch (json.get("event").asText()) {
          case "record" -> records.add(json);
          case "message" -> made(json);
          case "skipped" -> count(RECEIVED, json.get("records").asLong());
          default -> {}
        }
      }
      for (String line : lines) {
        ObjectNode json = parse(line);
        if (json.get("event").asText().equals("settled")) {
          settled(json);
        }
      }
    }

    private void made(ObjectNode message) {
      messages.put(message.get("message").asLong(), message);
      setStates(message.get("parts"), RecordState.IN_MESSAGE.label());
    }

    private void settled(ObjectNode line) {
      long id = line.get("message").asLong();
      String outcome = line.get("outcome").asText();
      ObjectNode message = messages.get(id);
      count(kind(outcome), line.get("records").asLong());
      if (message == null) {
        return; // it was made before
      }
      JsonNode parts = line.has("parts") ? line.get("parts") : message.get("parts");
      setStates(parts, label(outcome));
      settled
          .computeIfAbsent(id, _ -> new TreeMap<>())
          .merge(kind(outcome), line.get("records").asLong(), Long::sum);
      if (outcome.equals("delivered")) {
        places.put(id, line("", line.get("partition"), line.get("offset")).strip());
      }
    }

    private void setStates(JsonNode parts, String state) {
      for (JsonNode part : parts) {
        for (int i = 0; i < part.get("records").asInt(); i++) {
          states.put(line(part.get("block"), part.get("first").asInt() + i), state);
        }
      }
    }

    private RecordingContents contents() {
      List<String> recordLines = new ArrayList<>();
      for (ObjectNode record : records) {
        String state = state(record);
        count(RECEIVED, 1);
        String verdict = record.get("verdict").asText();
        if (!verdict.equals("accepted")) {
          count(verdict, 1);
        }
        String source = record.get("source").asText();
        String topic = record.get("kafka_topic").asText();
        recordLines.add(
            line(source, topic, state, record.retain("topic", "tags", "datapoints").toString()));
      }
      recordLines.sort(null);
      List<String> deliveryLines = new ArrayList<>();
      messages.forEach((id, message) -> deliveryLines.add(delivery(id, message)));
      ledger.values().removeIf(count -> count == 0);
      return new RecordingContents(recordLines, deliveryLines, ledger);
    }

    private String delivery(long id, ObjectNode message) {
      Map<String, Long> outcomes = settled.getOrDefault(id, Map.of());
      String state =
          switch (outcomes.size()) {
            case 0 -> MessageState.SENDING.name();
            case 1 -> outcomes.keySet().iterator().next();
            default -> PARTLY;
          };
      return line(
          id,
          message.get("kafka_topic").asText(),
          message.get("records"),
          message.get("bytes"),
          message.get("trigger").asText().toUpperCase(Locale.ROOT),
          state,
          places.getOrDefault(id, "-1 -1"));
    }

    private String state(ObjectNode record) {
      return switch (record.get("verdict").asText()) {
        case "accepted" ->
            states.getOrDefault(
                line(record.get("block"), record.get("index")), RecordState.IN_BATCH.label());
        case "throttled" -> "throttled: input limit";
        case "rejected" -> "rejected: illegal topic";
        default -> "unknown";
      };
    }

    private void count(String kind, long records) {
      ledger.merge(kind, records, Long::sum);
      ledger.merge(HELD, kind.equals(RECEIVED) ? records : -records, Long::sum);
    }

    private static String label(String outcome) {
      return switch (outcome) {
        case "throttled" -> "throttled: global limit";
        case "undeliverable(unknown)" -> "unknown";
        default -> {
          int reason = outcome.indexOf('(');
          yield reason < 0
              ? outcome
              : kind(outcome)
                  + ": "
                  + outcome.substring(reason + 1, outcome.length() - 1).replace('-', ' ');
        }
      };
    }

    /** The term of the ledger, without its reason. */
    private static String kind(String outcome) {
      if (outcome.equals("undeliverable(unknown)")) {
        return "unknown";
      }
      int reason = outcome.indexOf('(');
      return reason < 0 ? outcome : outcome.substring(0, reason);
    }

    private static ObjectNode parse(String line) {
      try {
        return (ObjectNode) JSON.readTree(line);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
