// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The names of a module that its users and other programs rely on: options, metrics, JSON keys and
 * the like. A file lists them by section, one name per line; lines that begin with {@code #} are
 * comments. Tests compare each section with the names that the program really has. Immutable.
 */
public final class PinnedNames {
  private static final Path FILE = Path.of("src", "test", "resources", "pinned-names.txt");

  private final Path file;
  private final Map<String, SortedSet<String>> sections;

  private PinnedNames(Path file, Map<String, SortedSet<String>> sections) {
    this.file = file;
    this.sections = sections;
  }

  /** The names of the module in whose folder the test runs. */
  public static PinnedNames ofModule() {
    return read(FILE);
  }

  /**
   * Reads a file of names.
   *
   * @throws AssertionError if a name is outside of a section, or in its section twice
   */
  public static PinnedNames read(Path file) {
    Map<String, SortedSet<String>> sections = new TreeMap<>();
    SortedSet<String> section = null;
    for (String line : lines(file)) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (line.startsWith("[") && line.endsWith("]")) {
        section =
            sections.computeIfAbsent(line.substring(1, line.length() - 1), _ -> new TreeSet<>());
      } else if (section == null || !section.add(line.strip())) {
        throw new AssertionError(
            file + ": \"" + line + "\" is " + (section == null ? "in no section" : "there twice"));
      }
    }
    return new PinnedNames(file, sections);
  }

  /** The names of the sections. */
  public SortedSet<String> sections() {
    return new TreeSet<>(sections.keySet());
  }

  /**
   * Compares a section with the names that the program has now; order and repetition do not matter.
   *
   * @throws AssertionError that lists every missing and every added name, if there are any
   */
  public void check(String section, Collection<String> names) {
    SortedSet<String> pinned = sections.getOrDefault(section, new TreeSet<>());
    SortedSet<String> missing = new TreeSet<>(pinned);
    missing.removeAll(names);
    SortedSet<String> added = new TreeSet<>(names);
    added.removeAll(pinned);
    if (!missing.isEmpty() || !added.isEmpty()) {
      throw new AssertionError(difference(section, missing, added));
    }
  }

  private String difference(String section, SortedSet<String> missing, SortedSet<String> added) {
    List<String> text = new ArrayList<>();
    text.add("names that users and other programs rely on have changed, [" + section + "]");
    if (!missing.isEmpty()) {
      text.add("missing (restore them: a name that is gone breaks its users):");
      missing.forEach(name -> text.add("  - " + name));
    }
    if (!added.isEmpty()) {
      text.add(
          "added (if that is intended, add these lines to [" + section + "] of " + file + "):");
      text.addAll(added);
    }
    return String.join("\n", text);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
