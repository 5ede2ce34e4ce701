// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.filterline;

import java.util.List;

/**
 * What may stand at the caret of the filter line.
 *
 * @param start the first character to replace
 * @param end behind the last
 * @param text to put there
 * @param meaning in a few words; empty where the text says it all
 */
public record FilterSuggestion(int start, int end, String text, String meaning) {
  /** Looks for suggestions; quick, it is asked at every key. */
  @FunctionalInterface
  public interface SuggestionSource {
    /** The likeliest first, for a caret from 0 to the text's length. */
    List<FilterSuggestion> at(String text, int caret);
  }
}
