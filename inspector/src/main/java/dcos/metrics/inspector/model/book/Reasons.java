// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.model.book;

import dcos.metrics.collector.message.Outcome;
import dcos.metrics.inspector.model.captured.Words;

/** Why something was not delivered, in one line. */
public final class Reasons {
  public static final String INPUT_LIMIT =
      "over the input limit of its connection (input-limit-amount-kbytes)";
  public static final String GLOBAL_LIMIT = "over the global limit (global-limit-amount-kbytes)";
  public static final String TOPIC = "its topic can not be made a legal name of a Kafka topic";

  public static final String NEWER_VERDICT = "a newer version decided it";

  private Reasons() {}

  /** That the outcome is one of a later version. */
  public static String of(Outcome.Unknown unknown) {
    return unknown.name() + ", an outcome of a newer version";
  }

  /** Why a message could not be delivered. */
  public static String of(Outcome.Undeliverable failed) {
    String reason = Words.of(failed.reason());
    return failed.detail().isEmpty() ? reason : reason + ": " + failed.detail();
  }
}
