// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.agent;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dcos.metrics.collector.enrich.AgentState;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code /state}, keeping {@code id}, {@code frameworks[].id/.name} and of {@code
 * frameworks[].executors[]} the {@code id} and the application that the labels name; all else is
 * skipped. For one use.
 */
final class StateReader {
  /** What may be kept of frameworks and executors, in characters. */
  static final int MAX_KEPT = 1024 * 1024;

  /** The memory of a map's entry without its texts, in characters. */
  private static final int ENTRY = 64;

  private final JsonParser json;
  private @Nullable String agentId;
  private final Map<String, String> frameworkNames = new HashMap<>();
  private final ExecutorApplications applications = new ExecutorApplications();
  private int kept;

  /** An executor of the framework that is being read, whose id may come after its executors. */
  private record Executor(String id, @Nullable String application) {}

  private StateReader(JsonParser json) {
    this.json = json;
  }

  /** Reads the whole stream and closes it. */
  static AgentState read(InputStream in) throws IOException {
    try (JsonParser json = AgentJson.open(in, JsonToken.START_OBJECT)) {
      return new StateReader(json).state();
    }
  }

  private AgentState state() throws IOException {
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "id" -> agentId = AgentJson.text(json);
        case "frameworks" -> eachObject(this::framework);
        default -> json.skipChildren();
      }
    }
    AgentJson.expectEnd(json);
    if (agentId == null) {
      throw new UnusableAnswerException(
          "got a state without an \"id\" of 1 to "
              + AgentJson.MAX_TEXT
              + " characters, must have one");
    }
    return new AgentState(agentId, frameworkNames, applications.byKey(), applications.unshared());
  }

  private void framework() throws IOException {
    String id = null;
    String name = null;
    List<Executor> executors = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "id" -> id = AgentJson.text(json);
        case "name" -> name = AgentJson.text(json);
        case "executors" -> eachObject(() -> executor(executors));
        default -> json.skipChildren();
      }
    }
    if (id != null && name != null) {
      keep(id, name);
      frameworkNames.put(id, name);
    }
    for (Executor executor : executors) {
      if (id != null && executor.application != null) {
        keep(id, executor.id);
      }
      applications.add(id, executor.id, executor.application);
    }
  }

  private void executor(List<Executor> executors) throws IOException {
    String id = null;
    ApplicationLabels labels = new ApplicationLabels();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "id" -> id = AgentJson.text(json);
        case "labels" -> eachObject(() -> labels.read(json));
        default -> json.skipChildren();
      }
    }
    if (id != null) {
      String application = labels.application();
      keep(id, application == null ? "" : application);
      executors.add(new Executor(id, application));
    }
  }

  /** Counts the memory of a map's entry before it is added. */
  private void keep(String key, String value) throws UnusableAnswerException {
    kept += key.length() + value.length() + ENTRY;
    if (kept > MAX_KEPT) {
      throw new UnusableAnswerException(
          "got frameworks and executors of more than "
              + MAX_KEPT
              + " characters, must be at most that");
    }
  }

  /** What reads one object, from its start to its end. */
  private interface ObjectReader {
    void read() throws IOException;
  }

  private void eachObject(ObjectReader reader) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      json.skipChildren();
      return;
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() == JsonToken.START_OBJECT) {
        reader.read();
      } else {
        json.skipChildren();
      }
    }
  }
}
