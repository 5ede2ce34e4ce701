// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.agent;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dcos.metrics.collector.settings.Settings.Secret;
import java.io.CharConversionException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** Reasons as short single lines. */
final class FailureText {
  private static final int MAX_LENGTH = 200;

  private FailureText() {}

  /** The first line that is not blank, without control characters, cut at 200 characters. */
  static String of(String text) {
    String line = text.lines().map(String::strip).filter(s -> !s.isEmpty()).findFirst().orElse("");
    StringBuilder plain = new StringBuilder();
    line.codePoints()
        .limit(MAX_LENGTH)
        .map(c -> Character.isISOControl(c) ? ' ' : c)
        .forEach(plain::appendCodePoint);
    return plain.toString();
  }

  /**
   * Why a query failed. A body is not quoted; what a library quotes of an answer may hold the
   * secret, which is masked.
   */
  static String of(IOException failure, Optional<Secret> secret) {
    return switch (failure) {
      case UnusableAnswerException e -> String.valueOf(e.getMessage());
      case NoAnswerException e -> String.valueOf(e.getMessage());
      case StreamConstraintsException e ->
          "got JSON beyond what is read: " + of(e.getOriginalMessage());
      // After a comma, the end is reported as any other mistake.
      case JsonParseException e when e instanceof JsonEOFException || endsEarly(e) ->
          "got JSON that ends early" + at(e) + ", must be complete";
      case JsonParseException e -> "got text that is not JSON" + at(e) + ", must be JSON";
      case CharConversionException _ -> "got text that is not UTF-8, must be JSON in UTF-8";
      case NoSuchFileException _ -> "no such file";
      default -> {
        String reason = withoutPackage(failure, secret);
        yield failure.getCause() instanceof IOException cause && !(cause instanceof EOFException)
            ? reason + ": " + withoutPackage(cause, secret)
            : reason;
      }
    };
  }

  private static boolean endsEarly(JsonParseException e) {
    return String.valueOf(e.getOriginalMessage()).startsWith("Unexpected end-of-input");
  }

  private static String at(JsonProcessingException e) {
    JsonLocation location = e.getLocation();
    return location == null
        ? ""
        : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
  }

  private static String withoutPackage(Throwable failure, Optional<Secret> secret) {
    String type = failure.getClass().getSimpleName();
    String message = failure.getMessage();
    if (message == null || message.isBlank()) {
      return type;
    }
    // Masked before it is cut, which could leave a part of the secret.
    String masked = secret.map(s -> message.replace(s.value(), s.toString())).orElse(message);
    return type + ": " + of(masked);
  }
}
