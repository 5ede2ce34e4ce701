// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.agent;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads JSON as a stream of tokens, in bounded memory however large it is. */
final class AgentJson {
  /** Longer ids and names count as missing. */
  static final int MAX_TEXT = 1024;

  private static final int MAX_DEPTH = 64;
  private static final int MAX_NAME = 64 * 1024;

  /** Labels hold whole documents at times. */
  private static final int MAX_STRING = 1024 * 1024;

  private static final int MAX_NUMBER = 1000;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          // Every key of a snapshot is another: a table of those seen would grow with the answer.
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNameLength(MAX_NAME)
                  .maxStringLength(MAX_STRING)
                  .maxNumberLength(MAX_NUMBER)
                  .build())
          .build();

  private AgentJson() {}

  /** A parser at the first token, which must be this one; to be closed, which closes the stream. */
  static JsonParser open(InputStream in, JsonToken first) throws IOException {
    JsonParser json = FACTORY.createParser(AnswerBody.open(in));
    try {
      JsonToken token = json.nextToken();
      if (token != first) {
        throw new UnusableAnswerException("got " + name(token) + ", must be " + name(first));
      }
      return json;
    } catch (IOException e) {
      json.close();
      throw e;
    }
  }

  /** Refuses anything after the value that was read. */
  static void expectEnd(JsonParser json) throws IOException {
    if (json.nextToken() != null) {
      throw new UnusableAnswerException("got more text after the JSON, must be one value");
    }
  }

  /**
   * The text at the parser, or null where it is not text, empty or too long; never fails for it.
   */
  static @Nullable String text(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      json.skipChildren();
      return null;
    }
    int length = json.getTextLength();
    return length == 0 || length > MAX_TEXT ? null : json.getText();
  }

  private static String name(@Nullable JsonToken token) {
    return switch (token) {
      case START_OBJECT -> "a JSON object";
      case START_ARRAY -> "a JSON array";
      case null -> "an empty answer";
      default -> "a JSON value that is neither object nor array";
    };
  }
}
