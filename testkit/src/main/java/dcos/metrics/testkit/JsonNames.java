// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.SortedSet;
import java.util.TreeSet;

/** The keys of JSON texts, as paths: {@code kafka.state}, {@code topics[].name}. */
public final class JsonNames {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private JsonNames() {}

  /**
   * The paths of all values of a text that are neither objects nor arrays, and of empty ones.
   *
   * @throws AssertionError if the text is not JSON
   */
  public static SortedSet<String> of(String text) {
    SortedSet<String> paths = new TreeSet<>();
    add("", parse(text), paths);
    return paths;
  }

  /**
   * Parses one JSON value.
   *
   * @throws AssertionError if the text is not JSON
   */
  public static JsonNode parse(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + text, e);
    }
  }

  private static void add(String path, JsonNode node, SortedSet<String> paths) {
    if (node.isEmpty()) {
      paths.add(path + (node.isArray() ? "[]" : ""));
    } else if (node.isArray()) {
      node.forEach(item -> add(path + "[]", item, paths));
    } else {
      String prefix = path.isEmpty() ? "" : path + ".";
      node.properties().forEach(field -> add(prefix + field.getKey(), field.getValue(), paths));
    }
  }
}
