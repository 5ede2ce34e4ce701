// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.resolve;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dcos.metrics.codec.record.MetricListSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Recognises our schema in other words: with docs, in other spacing, with a namespace of its own
 * line, its attributes in another order. By the rules of Avro 1.12's specification, "Transforming
 * into Parsing Canonical Form", as far as our schema needs them; whatever goes beyond is for the
 * Avro library to judge. Its parser does the same, but loads 600 classes for it, 6 MB that a node
 * whose senders all use our schema need not spend.
 */
final class CanonicalForm {
  private static final Set<String> PRIMITIVES =
      Set.of("null", "boolean", "int", "long", "float", "double", "bytes", "string");
  private static final JsonFactory JSON = new JsonFactory();
  private static final @Nullable Object OURS = form(MetricListSchema.TEXT);

  private CanonicalForm() {}

  /**
   * Whether the text is our schema for sure; if not, it may still be.
   *
   * @param text its JSON nests no deeper than {@link SchemaTextParser#MAX_JSON_DEPTH}
   */
  static boolean isOurs(String text) {
    Object form = form(text);
    return form != null && form.equals(OURS);
  }

  private static @Nullable Object form(String text) {
    try (JsonParser json = JSON.createParser(text)) {
      json.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
      json.nextToken();
      Object form = schema(value(json), "");
      return json.nextToken() == null ? form : null;
    } catch (IOException _) {
      return null; // the Avro library says what is wrong with it
    }
  }

  /** The value that the parser is at: a map, a list, or the text of anything else. */
  private static Object value(JsonParser json) throws IOException {
    if (json.currentToken() == JsonToken.START_OBJECT) {
      Map<String, Object> map = new LinkedHashMap<>();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        map.put(name, value(json));
      }
      return map;
    }
    if (json.currentToken() == JsonToken.START_ARRAY) {
      List<Object> list = new ArrayList<>();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        list.add(value(json));
      }
      return list;
    }
    return json.currentToken() == null ? "" : json.getText();
  }

  private static @Nullable Object schema(@Nullable Object node, String namespace) {
    if (node instanceof String name) {
      return PRIMITIVES.contains(name) ? name : null;
    }
    if (!(node instanceof Map<?, ?> map) || !(map.get("type") instanceof String type)) {
      return null;
    }
    return switch (type) {
      case "array" -> array(map, namespace);
      case "record" -> record(map, namespace);
      default -> schema(type, namespace);
    };
  }

  private static @Nullable Object array(Map<?, ?> map, String namespace) {
    Object items = schema(map.get("items"), namespace);
    return items == null ? null : List.of("array", items);
  }

  private static @Nullable Object record(Map<?, ?> map, String outerNamespace) {
    if (!(map.get("name") instanceof String name) || !(map.get("fields") instanceof List<?> all)) {
      return null;
    }
    String namespace = map.get("namespace") instanceof String own ? own : outerNamespace;
    String fullName = name.contains(".") || namespace.isEmpty() ? name : namespace + "." + name;
    int dot = fullName.lastIndexOf('.');
    List<Object> form = new ArrayList<>(List.of("record", fullName));
    for (Object each : all) {
      if (!(each instanceof Map<?, ?> field) || !(field.get("name") instanceof String fieldName)) {
        return null;
      }
      Object type = schema(field.get("type"), dot < 0 ? "" : fullName.substring(0, dot));
      if (type == null) {
        return null;
      }
      form.add(List.of(fieldName, type));
    }
    return form;
  }
}
