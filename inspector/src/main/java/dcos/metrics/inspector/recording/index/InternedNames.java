// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.index;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Texts that recur, by a small number each. Those beyond the bound are all {@code other}. Guarded
 * by the recording's lock.
 */
public final class InternedNames {
  static final String OTHER = "other";

  private final int limit;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> texts = new ArrayList<>();

  InternedNames(int limit) {
    this.limit = limit;
    number(OTHER);
  }

  /** Of a text, which gets one if it has none. */
  public int number(String text) {
    Integer known = numbers.get(text);
    if (known != null) {
      return known;
    }
    if (texts.size() == limit) {
      return 0;
    }
    texts.add(text);
    numbers.put(text, texts.size() - 1);
    return texts.size() - 1;
  }

  /** Of a number; empty for a negative one. */
  public String text(int number) {
    return number < 0 ? "" : texts.get(number);
  }
}
