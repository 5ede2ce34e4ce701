// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Formats every Java file below the working directory ({@code --replace}), or lists those that are
 * not formatted and exits 1 ({@code --check}). Also refuses a file without the two-line SPDX
 * header. Run by the root pom.
 */
class Format {
  private static final String HEADER =
      "// SPDX-FileCopyrightText: The Metrics Collector authors\n// SPDX-License-Identifier: Apache-2.0\n";
  private static final Set<String> SKIPPED = Set.of("target", ".git");

  public static void main(String[] args) throws IOException {
    boolean check = args[0].equals("--check");
    List<String> wrong =
        javaFiles(Path.of(".")).parallelStream().flatMap(file -> format(file, check)).toList();
    wrong.forEach(System.err::println);
    System.exit(wrong.isEmpty() ? 0 : 1);
  }

  /** What is wrong with a file. */
  private static Stream<String> format(Path file, boolean check) {
    List<String> wrong = new ArrayList<>();
    try {
      String source = Files.readString(file);
      if (!source.startsWith(HEADER)) {
        wrong.add(file + ": no SPDX header");
      }
      String formatted =
          new Formatter(JavaFormatterOptions.defaultOptions())
              .formatSource(
                  RemoveUnusedImports.removeUnusedImports(
                      ImportOrderer.reorderImports(source, JavaFormatterOptions.Style.GOOGLE)));
      if (!formatted.equals(source)) {
        if (check) {
          wrong.add(file + ": not formatted; a local build formats it");
        } else {
          Files.writeString(file, formatted);
        }
      }
    } catch (FormatterException e) {
      wrong.add(file + ": " + e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return wrong.stream();
  }

  private static List<Path> javaFiles(Path folder) throws IOException {
    List<Path> found = new ArrayList<>();
    try (var entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (Files.isDirectory(entry) && !SKIPPED.contains(name)) {
          found.addAll(javaFiles(entry));
        } else if (name.endsWith(".java")) {
          found.add(entry);
        }
      }
    }
    return found;
  }
}
