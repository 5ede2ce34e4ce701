// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.settings;

import java.util.List;
import java.util.Map;

/**
 * Names of options that the original dcos-metrics collector has and this one has not. They are
 * accepted with a warning, so that its configurations still start, and are in no list of options.
 */
public final class OriginalNames {
  /** The original's spelling of listen-endpoint. */
  public static final Option<Endpoint> LISTEN_ENDPONT =
      Options.LISTEN_ENDPOINT.renamed("listen-endpont");

  /** Would serve profiles of the process over HTTP. */
  public static final Option<Boolean> HTTP_PROFILE =
      new Option<>(
          "http-profile", OptionGroup.PROGRAM, OptionType.FLAG, "false", "Not supported yet.");

  /** Each of them. */
  public static final List<Option<?>> ALL = List.of(LISTEN_ENDPONT, HTTP_PROFILE);

  /** The misspelt option that sets an option of ours. */
  static final Map<Option<?>, Option<?>> MISSPELT = Map.of(Options.LISTEN_ENDPOINT, LISTEN_ENDPONT);

  /** Without an effect. */
  static final List<Option<Boolean>> UNSUPPORTED = List.of(HTTP_PROFILE);

  private OriginalNames() {}

  /** How such a name, given by the user, is treated. */
  public sealed interface Notice {
    /** As it was given: a flag or a variable. */
    String name();

    /**
     * Its value counts.
     *
     * @param correct the name to use instead
     */
    record Used(String name, String correct) implements Notice {}

    /**
     * Its value does not count, since the option is given under its correct name too.
     *
     * @param correct the name that was given too
     */
    record Ignored(String name, String correct) implements Notice {}

    /** It has no effect. */
    record Unsupported(String name) implements Notice {}
  }
}
