// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.filter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Suggestions for the caret of a filter line: keys first, and behind a key and its operator the
 * values that were seen of it. The rest of the line may be invalid. Immutable.
 *
 * @param start the first character to replace
 * @param end behind the last character to replace; all of the key or the value at the caret
 * @param text to put there; the caret comes behind it
 * @param meaning of a key, for the user; empty for a value
 */
public record Completion(int start, int end, String text, String meaning) {
  // Seen values that are searched for one list: the user's next letter must not wait for all of it.
  private static final int MAX_LOOKED_AT = 100_000;

  private record Candidate(String name, String text, String meaning) {}

  /**
   * Lists suggestions: first those that begin with the text before the caret, then those that
   * contain it, in upper or lower case.
   *
   * @param caret from 0 to the text's length
   * @param limit how many at most
   */
  public static List<Completion> at(String text, int caret, SeenValues seen, int limit) {
    if (caret < 0 || caret > text.length()) {
      throw new IllegalArgumentException("caret must be 0 to " + text.length() + ", was " + caret);
    }
    CompletionToken token = CompletionToken.at(text, caret);
    return token.isKey() ? keys(token, seen, limit) : values(token, seen, limit);
  }

  private static List<Completion> keys(CompletionToken token, SeenValues seen, int limit) {
    boolean hasOperator = token.operator().isPresent();
    Stream<Candidate> keys =
        Arrays.stream(FilterKey.values())
            .filter(key -> key != FilterKey.VERDICT) // of earlier versions
            .map(
                key ->
                    new Candidate(
                        key.text(), key + (hasOperator ? "" : key.usualOperator()), key.meaning()));
    boolean named = token.typed().startsWith("tag");
    Stream<Candidate> tags =
        stream(seen.tags())
            .map(
                tag ->
                    new Candidate(
                        named ? "tag." + tag : tag,
                        Quoting.tagKey(tag) + (hasOperator ? "" : ":"),
                        "a tag's value"));
    return pick(token, Stream.concat(keys, tags), limit);
  }

  private static List<Completion> values(CompletionToken token, SeenValues seen, int limit) {
    boolean contains = token.operator().equals(Optional.of(Comparison.CONTAINS));
    Optional<FilterKey> key = FilterKey.of(token.key());
    Stream<String> values = Stream.empty();
    if (token.tag().isPresent()) {
      values = stream(seen.tagValues(token.tag().get()));
    } else if (key.isPresent() && key.get().kind() == FilterKey.KeyKind.TEXT) {
      values = stream(seen.values(key.get()));
    }
    return pick(
        token,
        values
            .filter(value -> !contains || !value.isEmpty())
            .map(
                value ->
                    new Candidate(
                        value,
                        contains ? Quoting.pattern(List.of(value)) : Quoting.value(value),
                        "")),
        limit);
  }

  private static Stream<String> stream(Iterable<String> texts) {
    return StreamSupport.stream(texts.spliterator(), false);
  }

  private static List<Completion> pick(
      CompletionToken token, Stream<Candidate> candidates, int limit) {
    String typed = token.typed().toLowerCase(Locale.ROOT);
    SequencedSet<Completion> beginning = new LinkedHashSet<>();
    SequencedSet<Completion> containing = new LinkedHashSet<>();
    var all = candidates.limit(MAX_LOOKED_AT).iterator();
    while (all.hasNext() && beginning.size() < limit) {
      Candidate candidate = all.next();
      String name = candidate.name().toLowerCase(Locale.ROOT);
      if (candidate.text().equals(token.text())) {
        continue;
      }
      var completion =
          new Completion(token.start(), token.end(), candidate.text(), candidate.meaning());
      if (name.startsWith(typed)) {
        beginning.add(completion);
      } else if (containing.size() < limit && name.contains(typed)) {
        containing.add(completion);
      }
    }
    List<Completion> picked = new ArrayList<>(beginning);
    containing.stream().limit(limit - picked.size()).forEach(picked::add);
    return List.copyOf(picked);
  }
}
