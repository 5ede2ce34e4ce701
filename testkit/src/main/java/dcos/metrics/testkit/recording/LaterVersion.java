// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.testkit.recording;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;

/**
 * Versions that {@code recording.avsc} may have later: each makes one kind of change that its rules
 * allow, and rewrites recordings as that version would have written them. Only the Avro library
 * reads and writes here.
 */
public enum LaterVersion {
  /** Fields with defaults, at the beginning, in the middle and at the end of records. */
  ADDED_FIELDS {
    @Override
    void edit(SchemaEdit schema) {
      schema
          .addField("Entry", 1, "{\"name\":\"host\",\"type\":\"string\",\"default\":\"here\"}")
          .addField("SourceOpened", 0, "{\"name\":\"port\",\"type\":\"int\",\"default\":8124}")
          .addField(
              "Part",
              3,
              "{\"name\":\"sums\",\"type\":{\"type\":\"map\",\"values\":\"double\"},\"default\":{}}")
          .addField(
              "Amount", 1, "{\"name\":\"since\",\"type\":[\"null\",\"long\"],\"default\":null}")
          .addField(
              "Delivered",
              0,
              "{\"name\":\"copies\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"record\","
                  + "\"name\":\"Copy\",\"fields\":[{\"name\":\"node\",\"type\":\"int\"}]}},"
                  + "\"default\":[{\"node\":1},{\"node\":2}]}");
    }
  },

  /** An event before the first, after the last and between all of them. */
  ADDED_EVENTS {
    @Override
    void edit(SchemaEdit schema) {
      // With the fields of SourceOpened: only its name tells it apart.
      schema.addBranch(
          "Entry",
          "event",
          2,
          "{\"type\":\"record\",\"name\":\"DiskFull\",\"fields\":["
              + "{\"name\":\"source\",\"type\":\"long\"},{\"name\":\"name\",\"type\":\"string\"}]}");
    }

    @Override
    List<GenericRecord> change(List<GenericRecord> entries) {
      List<GenericRecord> all = new ArrayList<>();
      for (GenericRecord entry : entries) {
        all.add(diskFull(entry));
        all.add(entry);
      }
      all.add(diskFull(entries.getLast()));
      return all;
    }

    @Override
    public long addedTo(ReleasedRecording recording) {
      return recording.events() + 1;
    }

    private static GenericRecord diskFull(GenericRecord before) {
      var event = new GenericData.Record(branch(before, "event", "DiskFull"));
      event.put("source", 1L);
      event.put("name", "recordings");
      var entry = new GenericData.Record((GenericData.Record) before, true);
      entry.put("event", event);
      return entry;
    }
  },

  /**
   * Symbols before the others, used instead of PERIOD, THROTTLED (of a verdict), SHUTDOWN (of a
   * reason), DELIVERED and DRY_RUN (of the ledger).
   */
  ADDED_SYMBOLS {
    @Override
    void edit(SchemaEdit schema) {
      schema
          .addSymbol("Trigger", 0, "IDLE")
          .addSymbol("Verdict", 0, "SAMPLED")
          .addSymbol("Reason", 0, "EXPIRED")
          .addSymbol("Term", 0, "EXPIRED")
          .addSymbol("Term", 3, "ARCHIVED");
    }

    @Override
    List<GenericRecord> change(List<GenericRecord> entries) {
      Map<String, Map<String, String>> replaced =
          Map.of(
              "Trigger", Map.of("PERIOD", "IDLE"),
              "Verdict", Map.of("THROTTLED", "SAMPLED"),
              "Reason", Map.of("SHUTDOWN", "EXPIRED"),
              "Term", Map.of("DELIVERED", "EXPIRED", "DRY_RUN", "ARCHIVED"));
      for (GenericRecord entry : entries) {
        replaceSymbols(entry, replaced);
      }
      return entries;
    }

    @Override
    ObjectNode expected(ObjectNode line) {
      switch (line.get("event").asText()) {
        case "message" -> replace(line, "trigger", "period", "unknown");
        case "record" -> replace(line, "verdict", "throttled", "unknown");
        case "settled" ->
            replace(line, "outcome", "undeliverable(shutdown)", "undeliverable(unknown)");
        case "snapshot" -> {
          var ledger = (ObjectNode) line.get("ledger");
          long unknown = ledger.get("delivered").asLong() + ledger.get("dry-run").asLong();
          ledger.put("delivered", 0).put("dry-run", 0);
          if (unknown > 0) {
            ledger.put("unknown", unknown);
          }
        }
        default -> {}
      }
      return line;
    }

    private static void replace(ObjectNode line, String field, String old, String now) {
      if (line.path(field).asText().equals(old)) {
        line.put(field, now);
      }
    }
  },

  /** Outcomes without fields instead of DryRun, and with fields instead of Undeliverable. */
  ADDED_OUTCOMES {
    @Override
    void edit(SchemaEdit schema) {
      schema
          .addBranch(
              "MessageSettled",
              "outcome",
              0,
              "{\"type\":\"record\",\"name\":\"Expired\",\"fields\":[]}")
          .addBranch(
              "MessageSettled",
              "outcome",
              3,
              "{\"type\":\"record\",\"name\":\"Archived\",\"fields\":["
                  + "{\"name\":\"path\",\"type\":\"string\"},{\"name\":\"size\",\"type\":\"long\"}]}");
    }

    @Override
    List<GenericRecord> change(List<GenericRecord> entries) {
      for (GenericRecord entry : entries) {
        GenericRecord event = (GenericRecord) entry.get("event");
        if (event.getSchema().getName().equals("MessageSettled")) {
          event.put("outcome", outcome(event));
        }
      }
      return entries;
    }

    private static GenericRecord outcome(GenericRecord settled) {
      GenericRecord known = (GenericRecord) settled.get("outcome");
      return switch (known.getSchema().getName()) {
        case "DryRun" -> new GenericData.Record(branch(settled, "outcome", "Expired"));
        case "Undeliverable" -> {
          var archived = new GenericData.Record(branch(settled, "outcome", "Archived"));
          archived.put("path", "archive");
          archived.put("size", 1L << 40);
          yield archived;
        }
        default -> known;
      };
    }

    @Override
    ObjectNode expected(ObjectNode line) {
      String outcome = line.path("outcome").asText();
      if (outcome.equals("dry-run") || outcome.startsWith("undeliverable")) {
        line.put("outcome", "unknown");
        line.put("detail", outcome.equals("dry-run") ? "Expired" : "Archived");
      }
      return line;
    }
  },

  /** Numbers and texts of wider types, wherever Avro can promote them. */
  PROMOTED_TYPES {
    @Override
    void edit(SchemaEdit schema) {
      schema
          .setType("BlockReceived", "records", "\"long\"")
          .setType("BlockReceived", "block", "\"double\"")
          .setType("Part", "first", "\"float\"")
          .setType("Part", "records", "\"double\"")
          .setType("MessageMade", "bytes", "\"double\"")
          .setType("AgentAsked", "took_nanos", "\"double\"")
          .setType("Delivered", "partition", "\"long\"")
          .setType("SourceClosed", "cause", "\"bytes\"");
    }
  },

  /** A nullable field with a further branch, instead of its value. */
  ADDED_BRANCH {
    @Override
    void edit(SchemaEdit schema) {
      schema.addBranch("Snapshot", "kafka_up", 1, "{\"type\":\"array\",\"items\":\"string\"}");
    }

    @Override
    List<GenericRecord> change(List<GenericRecord> entries) {
      for (GenericRecord entry : entries) {
        GenericRecord event = (GenericRecord) entry.get("event");
        if (event.getSchema().getName().equals("Snapshot")) {
          event.put("kafka_up", List.of("broker 1", "broker 2"));
        }
      }
      return entries;
    }

    @Override
    ObjectNode expected(ObjectNode line) {
      line.remove("kafka_up");
      return line;
    }
  },

  /** All symbols in another order: only their names have a meaning. */
  REORDERED_SYMBOLS {
    @Override
    void edit(SchemaEdit schema) {
      schema.reverseSymbols();
    }
  };

  private static final ObjectMapper JSON = new ObjectMapper();

  abstract void edit(SchemaEdit schema);

  /** What a version that knows nothing of the change prints of the same event. */
  ObjectNode expected(ObjectNode line) {
    return line;
  }

  /**
   * What the present version prints of an event that this one wrote.
   *
   * @param line of {@code collector cat}, as {@link ReleasedRecording#lines} has it
   */
  public String expected(String line) {
    try {
      return JSON.writeValueAsString(expected((ObjectNode) JSON.readTree(line)));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Uses the additions; by default, no entry does. */
  List<GenericRecord> change(List<GenericRecord> entries) {
    return entries;
  }

  /** How many events it adds to a recording that it rewrites. */
  public long addedTo(ReleasedRecording recording) {
    return 0;
  }

  /** The schema of this version. */
  public String schema() {
    var schema = new SchemaEdit(ReleasedRecording.currentSchema());
    edit(schema);
    return schema.text();
  }

  /** A recording as this version would have written it. */
  public byte[] rewritten(Path recording) throws IOException {
    Schema schema = new Schema.Parser().parse(schema());
    List<GenericRecord> entries = new ArrayList<>();
    try (var reader =
        new DataFileReader<GenericRecord>(recording.toFile(), new GenericDatumReader<>())) {
      reader.forEach(entry -> entries.add((GenericRecord) LaterValues.of(entry, schema)));
    }
    var bytes = new ByteArrayOutputStream();
    try (var writer = new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(schema))) {
      writer.setCodec(CodecFactory.zstandardCodec(1));
      writer.create(schema, bytes);
      for (GenericRecord entry : change(entries)) {
        writer.append(entry);
      }
    }
    return bytes.toByteArray();
  }

  private static Schema branch(GenericRecord record, String field, String name) {
    return record.getSchema().getField(field).schema().getTypes().stream()
        .filter(branch -> branch.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static void replaceSymbols(Object value, Map<String, Map<String, String>> replaced) {
    if (value instanceof List<?> items) {
      items.forEach(item -> replaceSymbols(item, replaced));
    } else if (value instanceof GenericRecord record) {
      for (Schema.Field field : record.getSchema().getFields()) {
        Object old = record.get(field.pos());
        if (old instanceof GenericData.EnumSymbol symbol) {
          String name = symbol.toString();
          String now =
              replaced.getOrDefault(field.schema().getName(), Map.of()).getOrDefault(name, name);
          record.put(field.pos(), new GenericData.EnumSymbol(field.schema(), now));
        } else {
          replaceSymbols(old, replaced);
        }
      }
    }
  }
}
