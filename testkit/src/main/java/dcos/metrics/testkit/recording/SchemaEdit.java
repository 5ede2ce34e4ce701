// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.testkit.recording;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Changes the JSON of a schema. Not thread-safe. */
public final class SchemaEdit {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode root;

  public SchemaEdit(String schema) {
    this.root = parse(schema);
  }

  /** The changed schema. */
  public String text() {
    return root.toString();
  }

  /** Puts a field into a record, at an index. */
  public SchemaEdit addField(String record, int index, String field) {
    fields(record).insert(index, parse(field));
    return this;
  }

  public SchemaEdit removeField(String record, String field) {
    ArrayNode fields = fields(record);
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).path("name").asText().equals(field)) {
        fields.remove(i);
        return this;
      }
    }
    throw new IllegalArgumentException(record + " has no field " + field);
  }

  /** Gives a field another type. */
  public SchemaEdit setType(String record, String field, String type) {
    field(record, field).set("type", parse(type));
    return this;
  }

  /** Gives a type or its namespace another name; references to it stay as they are. */
  public SchemaEdit set(String type, String attribute, String value) {
    named(type).put(attribute, value);
    return this;
  }

  public SchemaEdit renameField(String record, String field, String name) {
    field(record, field).put("name", name);
    return this;
  }

  /** Puts a branch into the union that is a field's type, at an index. */
  public SchemaEdit addBranch(String record, String field, int index, String branch) {
    ((ArrayNode) field(record, field).get("type")).insert(index, parse(branch));
    return this;
  }

  public SchemaEdit removeBranch(String record, String field, int index) {
    ((ArrayNode) field(record, field).get("type")).remove(index);
    return this;
  }

  /** Puts a symbol into an enum, at an index. */
  public SchemaEdit addSymbol(String type, int index, String symbol) {
    ((ArrayNode) named(type).get("symbols")).insert(index, symbol);
    return this;
  }

  public SchemaEdit removeSymbol(String type, String symbol) {
    ArrayNode symbols = (ArrayNode) named(type).get("symbols");
    for (int i = 0; i < symbols.size(); i++) {
      if (symbols.get(i).asText().equals(symbol)) {
        symbols.remove(i);
        return this;
      }
    }
    throw new IllegalArgumentException(type + " has no symbol " + symbol);
  }

  /** Takes an attribute of a type away. */
  public SchemaEdit remove(String type, String attribute) {
    named(type).remove(attribute);
    return this;
  }

  /** Reverses the symbols of all enums. */
  public SchemaEdit reverseSymbols() {
    for (ObjectNode type : types(root)) {
      if (!(type.get("symbols") instanceof ArrayNode symbols)) {
        continue;
      }
      List<JsonNode> reversed = new ArrayList<>();
      symbols.forEach(reversed::addFirst);
      symbols.removeAll();
      symbols.addAll(reversed);
    }
    return this;
  }

  private ObjectNode field(String record, String field) {
    for (JsonNode each : fields(record)) {
      if (each.path("name").asText().equals(field)) {
        return (ObjectNode) each;
      }
    }
    throw new IllegalArgumentException(record + " has no field " + field);
  }

  private ArrayNode fields(String record) {
    return (ArrayNode) named(record).get("fields");
  }

  private ObjectNode named(String name) {
    return types(root).stream()
        .filter(type -> type.path("name").asText().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("unknown type " + name));
  }

  /** The definitions of all records and enums. */
  private static List<ObjectNode> types(JsonNode node) {
    List<ObjectNode> types = new ArrayList<>();
    if (node instanceof ObjectNode object && (object.has("fields") || object.has("symbols"))) {
      types.add(object);
    }
    node.forEach(child -> types.addAll(types(child)));
    return types;
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
