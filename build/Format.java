// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Formats every Java file below the working directory ({@code --replace}), or lists those that are
 * not formatted and exits 1 ({@code --check}). Also refuses a file without the two-line SPDX
 * header. Run by the root pom.
 */
class Format {
  private static final String HEADER =
      "// SPDX-FileCopyrightText: The Metrics Collector authors\n// SPDX-License-Identifier: Apache-2.0\n";
  private static final Set<String> SKIPPED = Set.of("target", ".git");

  public static void main(String[] args) throws Exception {
    boolean check = args[0].equals("--check");
    var formatter = new Formatter(JavaFormatterOptions.defaultOptions());
    List<String> wrong = new ArrayList<>();
    for (Path file : javaFiles(Path.of("."))) {
      String source = Files.readString(file);
      if (!source.startsWith(HEADER)) {
        wrong.add(file + ": no SPDX header");
      }
      String formatted =
          formatter.formatSource(
              RemoveUnusedImports.removeUnusedImports(
                  ImportOrderer.reorderImports(source, JavaFormatterOptions.Style.GOOGLE)));
      if (formatted.equals(source)) {
        continue;
      }
      if (check) {
        wrong.add(file + ": not formatted; a local build formats it");
      } else {
        Files.writeString(file, formatted);
      }
    }
    wrong.forEach(System.err::println);
    System.exit(wrong.isEmpty() ? 0 : 1);
  }

  private static List<Path> javaFiles(Path folder) throws Exception {
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
