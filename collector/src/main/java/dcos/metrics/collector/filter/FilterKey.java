// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.filter;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a filter can ask for. Beside these, {@code tag.KEY} asks for the value of one tag. */
public enum FilterKey {
  TOPIC("topic", KeyKind.TEXT, ":", "the topic that the sender gave, or that of Kafka"),
  SOURCE("source", KeyKind.TEXT, ":", "where it came from, such as tcp 127.0.0.1:40122"),
  NAME("name", KeyKind.TEXT, ":", "a datapoint's name"),
  VALUE("value", KeyKind.NUMBER, ">", "a datapoint's value"),
  /** Any tag's key, and any tag's value. */
  TAG("tag", KeyKind.TEXT, ":", "any tag's key or value; tag.KEY is one tag's value"),
  OUTCOME("outcome", KeyKind.TEXT, ":", "what became of it, such as throttled, delivered or held"),
  VERDICT("verdict", KeyKind.TEXT, ":", "a record's: accepted, throttled or rejected, and why"),
  MESSAGE("message", KeyKind.NUMBER, "=", "the number of the message it went out in"),
  RECORDS("records", KeyKind.NUMBER, ">", "how many records"),
  BYTES("bytes", KeyKind.NUMBER, ">", "how many bytes"),
  STATE("state", KeyKind.TEXT, ":", "a message's, such as sending, delivered or undeliverable"),
  TRIGGER("trigger", KeyKind.TEXT, ":", "what made pending records a message"),
  PARTITION("partition", KeyKind.NUMBER, "=", "the Kafka partition it was delivered to"),
  OFFSET("offset", KeyKind.NUMBER, "=", "the offset it was delivered at"),
  /** Numbers are milliseconds since the epoch. */
  TIME("time", KeyKind.TIME, ">", "when it came, an ISO instant or a time of day"),
  /** Numbers are milliseconds, and may be fractions of one. */
  MS("ms", KeyKind.DURATION, ">", "milliseconds until Kafka acknowledged it");

  /** How a key's values are written and compared. */
  enum KeyKind {
    TEXT,
    NUMBER,
    DURATION,
    TIME
  }

  private final String text;
  private final KeyKind kind;
  private final String usual;
  private final String meaning;

  FilterKey(String text, KeyKind kind, String usual, String meaning) {
    this.text = text;
    this.kind = kind;
    this.usual = usual;
    this.meaning = meaning;
  }

  /** As it is written in a filter. */
  public String text() {
    return text;
  }

  /** What it asks for, in a few words for the user. */
  public String meaning() {
    return meaning;
  }

  KeyKind kind() {
    return kind;
  }

  /** The operator that one mostly wants with it. */
  String usualOperator() {
    return usual;
  }

  /** Whether a record has it only once its message is made, or settled. */
  boolean isOfOutcome() {
    return switch (this) {
      case OUTCOME, STATE, MESSAGE, RECORDS, TRIGGER, PARTITION, OFFSET, MS -> true;
      case TOPIC, SOURCE, NAME, VALUE, TAG, VERDICT, BYTES, TIME -> false;
    };
  }

  /** Whether messages have it as well, without their records. */
  boolean isOfMessage() {
    return isOfOutcome() || this == TOPIC || this == BYTES || this == TIME;
  }

  static Optional<FilterKey> of(String text) {
    return Arrays.stream(values()).filter(key -> key.text.equals(text)).findFirst();
  }

  static String list() {
    return Arrays.stream(values()).map(FilterKey::text).collect(Collectors.joining(", "))
        + ", tag.KEY";
  }

  @Override
  public String toString() {
    return text;
  }
}
