// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.agent;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * Finds the numbers in a JSON object, those in nested objects under names joined by dots. Counts
 * what is no number. Not thread-safe.
 */
final class NumberFlattener {
  /** Values under longer names are left out. */
  static final int MAX_NAME = 1024;

  private final JsonParser json;
  private final NumberTarget target;
  private final StringBuilder name;
  private long leftOut;

  /** Takes the numbers. */
  @FunctionalInterface
  interface NumberTarget {
    /** Returns whether it was taken; what was not counts as left out. */
    boolean take(String name, double value) throws InterruptedException;
  }

  /**
   * @param prefix stands before every name
   */
  NumberFlattener(JsonParser json, String prefix, NumberTarget target) {
    this.json = json;
    this.name = new StringBuilder(prefix);
    this.target = target;
  }

  /** From the start of an object to its end. */
  void fields() throws IOException, InterruptedException {
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      json.nextToken();
      field(field);
    }
  }

  /** One value, at which the parser stands. */
  void field(String field) throws IOException, InterruptedException {
    int length = name.length();
    name.append(field);
    switch (json.currentToken()) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
      case START_OBJECT -> {
        name.append('.');
        fields();
      }
      default -> {
        json.skipChildren();
        leftOut++;
      }
    }
    name.setLength(length);
  }

  /** How many values were left out so far: an array is one. */
  long leftOut() {
    return leftOut;
  }

  private void number() throws IOException, InterruptedException {
    boolean taken =
        name.length() <= MAX_NAME
            && target.take(name.toString(), Double.parseDouble(json.getText()));
    if (!taken) {
      leftOut++;
    }
  }
}
