// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka.error;

import dcos.metrics.collector.log.ProgramLog;
import java.io.IOException;
import org.apache.kafka.common.KafkaException;

/** What the client and brokers say of an error, in one line of bounded length. */
public final class ErrorText {
  /** How many characters of a text are kept. */
  static final int MAX_LENGTH = 500;

  private ErrorText() {}

  /**
   * The class and message of an error and of its cause, in one line of bounded length, without the
   * secrets that the client quotes.
   */
  public static String of(Throwable error) {
    String message = error.getMessage();
    String name = error.getClass().getSimpleName();
    Throwable cause = error.getCause();
    boolean telling =
        error.getClass() != IOException.class && error.getClass() != KafkaException.class;
    String text = message == null ? name : (telling ? name + ": " : "") + message;
    if (cause != null && cause.getMessage() != null && !text.contains(cause.getMessage())) {
      text += " (" + cause.getMessage() + ")";
    }
    return bounded(ProgramLog.masked(text).replaceAll("\\s+", " ").strip());
  }

  /** Texts of brokers are not ours: a longer one is cut. */
  public static String bounded(String text) {
    return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "...";
  }
}
