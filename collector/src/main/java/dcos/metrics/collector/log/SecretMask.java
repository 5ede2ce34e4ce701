// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.log;

import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces secrets in texts that others have written, such as the messages of a library's
 * exceptions. A secret is replaced as a whole, and so is each word of it: a parser that does not
 * understand a value quotes a part of it. Immutable.
 */
public final class SecretMask {
  /** Replaces a secret. */
  public static final String MASK = "********";

  /** Masks nothing. */
  static final SecretMask NONE = new SecretMask(Set.of());

  /** Shorter ones are replaced only as whole words: they are parts of many other words. */
  private static final int MIN_PART = 4;

  /** Apart, so that a start without secrets compiles none. */
  private static final class Grammar {
    static final Pattern BETWEEN_WORDS = Pattern.compile("[\\s\"'=;,\\\\]+");
    static final Pattern URL = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*://\\S*");
    static final Pattern BETWEEN_URL_PARTS = Pattern.compile("[\\s\"'=;,\\\\:/?&#]+");

    /** A query, a fragment, or both, whichever is first. */
    static final Pattern BEYOND_PATH_OF_URL = Pattern.compile("[?#].*", Pattern.DOTALL);

    /** Up to the last at sign: a password may contain all that ends a host name. */
    static final Pattern USER_INFO_OF_URL = Pattern.compile("://[^\\s\"']*@");

    /** Not the scheme of a URL. */
    static final Pattern USER_INFO = Pattern.compile("(?<![^\\s\"',])[^\\s\"',:@/]*:(?!//)\\S+@");

    /** Words of a JAAS line that are in error messages too. */
    static final Set<String> WORDS =
        Set.of(
            "required",
            "requisite",
            "sufficient",
            "optional",
            "username",
            "password",
            "clientid",
            "clientsecret",
            "scope",
            "true",
            "false");

    private Grammar() {}
  }

  private final Set<String> secrets;

  private SecretMask(Set<String> secrets) {
    this.secrets = secrets;
  }

  /** The same, for these values too. */
  SecretMask with(Collection<String> values) {
    Set<String> all = new HashSet<>(secrets);
    values.forEach(value -> addParts(all, value));
    return new SecretMask(Set.copyOf(all));
  }

  private static void addParts(Set<String> parts, String value) {
    add(parts, value.strip());
    Matcher url = Grammar.URL.matcher(value);
    if (url.matches()) {
      // The host is worth knowing: only what a secret can be in is hidden.
      Matcher user = Grammar.USER_INFO_OF_URL.matcher(value);
      if (user.find()) {
        addWords(parts, user.group().substring("://".length(), user.group().length() - 1), true);
      }
      Matcher beyondPath = Grammar.BEYOND_PATH_OF_URL.matcher(value);
      if (beyondPath.find()) {
        addWords(parts, beyondPath.group(), true);
      }
      return;
    }
    addWords(parts, value, false);
  }

  private static void addWords(Set<String> parts, String text, boolean url) {
    add(parts, text);
    for (String word : (url ? Grammar.BETWEEN_URL_PARTS : Grammar.BETWEEN_WORDS).split(text, -1)) {
      boolean grammar = Grammar.WORDS.contains(word.toLowerCase(Locale.ROOT));
      if (!grammar && !word.endsWith("LoginModule")) {
        add(parts, word);
      }
    }
  }

  private static void add(Set<String> parts, String text) {
    // Punctuation alone is in every text.
    if (text.length() >= MIN_PART || text.chars().anyMatch(Character::isLetterOrDigit)) {
      parts.add(text);
    }
  }

  /**
   * The text with asterisks in the place of every secret, and of the user and the password of each
   * address as {@link #userInfo} does. All are found in the text as it is: to replace one would
   * leave the rest of another that overlaps it.
   */
  String apply(String text) {
    var hidden = new BitSet();
    for (String secret : secrets) {
      for (int at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + 1)) {
        int end = at + secret.length();
        if (secret.length() >= MIN_PART || isWord(text, at, end)) {
          hidden.set(at, end);
        }
      }
    }
    hideUserInfo(text, hidden);
    return hidden.isEmpty() ? text : masked(text, hidden);
  }

  private static boolean isWord(String text, int start, int end) {
    return (start == 0 || !Character.isLetterOrDigit(text.codePointBefore(start)))
        && (end == text.length() || !Character.isLetterOrDigit(text.codePointAt(end)));
  }

  private static void hideUserInfo(String text, BitSet hidden) {
    if (text.indexOf('@') < 0) {
      return;
    }
    Matcher url = Grammar.USER_INFO_OF_URL.matcher(text);
    while (url.find()) {
      hidden.set(url.start() + "://".length(), url.end() - 1);
    }
    Matcher address = Grammar.USER_INFO.matcher(text);
    while (address.find()) {
      hidden.set(address.start(), address.end() - 1);
    }
  }

  private static String masked(String text, BitSet hidden) {
    var masked = new StringBuilder();
    int shown = 0;
    for (int start = hidden.nextSetBit(0); start >= 0; start = hidden.nextSetBit(shown)) {
      masked.append(text, shown, start).append(MASK);
      shown = hidden.nextClearBit(start);
    }
    return masked.append(text, shown, text.length()).toString();
  }

  /**
   * The text with asterisks for the user and the password of each address in it, as in {@code
   * https://user:password@host} and {@code user:password@host}.
   */
  public static String userInfo(String text) {
    return NONE.apply(text);
  }

  @Override
  public String toString() {
    return "SecretMask[" + secrets.size() + "]";
  }
}
