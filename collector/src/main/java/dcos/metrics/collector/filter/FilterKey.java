// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.filter;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a filter can ask for. Beside these, {@code tag.KEY} asks for the value of one tag. */
public enum Key {
  TOPIC("topic", Kind.TEXT, ":", "the topic that the sender gave, or that of Kafka"),
  SOURCE("source", Kind.TEXT, ":", "where it came from, such as tcp 127.0.0.1:40122"),
  NAME("name", Kind.TEXT, ":", "a datapoint's name"),
  VALUE("value", Kind.NUMBER, ">", "a datapoint's value"),
  /** Any tag's key, and any tag's value. */
  TAG("tag", Kind.TEXT, ":", "any tag's key or value; tag.KEY is one tag's value"),
  OUTCOME("outcome", Kind.TEXT, ":", "what became of it, such as throttled, delivered or held"),
  VERDICT("verdict", Kind.TEXT, ":", "a record's: accepted, throttled or rejected, and why"),
  MESSAGE("message", Kind.NUMBER, "=", "the number of the message it went out in"),
  RECORDS("records", Kind.NUMBER, ">", "how many records"),
  BYTES("bytes", Kind.NUMBER, ">", "how many bytes"),
  STATE("state", Kind.TEXT, ":", "a message's, such as sending, delivered or undeliverable"),
  TRIGGER("trigger", Kind.TEXT, ":", "what made pending records a message"),
  PARTITION("partition", Kind.NUMBER, "=", "the Kafka partition it was delivered to"),
  OFFSET("offset", Kind.NUMBER, "=", "the offset it was delivered at"),
  /** Numbers are milliseconds since the epoch. */
  TIME("time", Kind.TIME, ">", "when it came, an ISO instant or a time of day"),
  /** Numbers are milliseconds, and may be fractions of one. */
  MS("ms", Kind.DURATION, ">", "milliseconds until Kafka acknowledged it");

  /** How a key's values are written and compared. */
  enum Kind {
    TEXT,
    NUMBER,
    DURATION,
    TIME
  }

  private final String text;
  private final Kind kind;
  private final String usual;
  private final String meaning;

  Key(String text, Kind kind, String usual, String meaning) {
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

  Kind kind() {
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

  static Optional<Key> of(String text) {
    return Arrays.stream(values()).filter(key -> key.text.equals(text)).findFirst();
  }

  static String list() {
    return Arrays.stream(values()).map(Key::text).collect(Collectors.joining(", ")) + ", tag.KEY";
  }

  @Override
  public String toString() {
    return text;
  }
}
