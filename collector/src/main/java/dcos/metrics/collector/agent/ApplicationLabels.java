// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.agent;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Finds the label of an executor that names its application. For one executor. */
final class ApplicationLabels {
  private @Nullable String marathonAppId;
  private @Nullable String dcosSpace;

  /** Reads one label, from the start of its object to its end. */
  void read(JsonParser json) throws IOException {
    String key = null;
    String value = null;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "key" -> key = AgentJson.text(json);
        // A value may stand before its key; one that is of no use is skipped unread.
        case "value" -> value = key == null || names(key) ? AgentJson.text(json) : null;
        default -> json.skipChildren();
      }
    }
    if (value != null && key != null) {
      switch (key) {
        case "MARATHON_APP_ID" -> marathonAppId = withoutLeadingSlashes(value);
        case "DCOS_SPACE" -> dcosSpace = withoutLeadingSlashes(value);
        default -> {}
      }
    }
  }

  /** The application's name, without leading slashes, or null. */
  @Nullable String application() {
    return marathonAppId != null ? marathonAppId : dcosSpace;
  }

  private static boolean names(String key) {
    return key.equals("MARATHON_APP_ID") || key.equals("DCOS_SPACE");
  }

  private static @Nullable String withoutLeadingSlashes(String path) {
    int start = 0;
    while (start < path.length() && path.charAt(start) == '/') {
      start++;
    }
    return start == path.length() ? null : path.substring(start);
  }
}
