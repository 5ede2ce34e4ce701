// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Names that are literals in the main sources of the module in whose folder the test runs. */
public final class SourceScan {
  private static final Path SOURCES = Path.of("src", "main", "java");
  private static final Pattern LOG_KEY =
      Pattern.compile("(?:addKeyValue|new KeyValuePair)\\(\\s*\"([^\"]*)\"");
  private static final Pattern LOGGER =
      Pattern.compile("getLogger\\(\\s*(?:\"([^\"]*)\"|([\\w.]+)\\.class|([^)]*))\\s*\\)");
  private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
  private static final Pattern CLASS_NAME =
      Pattern.compile("\\bdcos(?:\\.\\w+)+\\.[A-Z]\\w*\\b(?!\\.)");

  private SourceScan() {}

  /** The keys of key-value pairs of log lines; keys that are not literals are left out. */
  public static SortedSet<String> logKeys() {
    SortedSet<String> keys = new TreeSet<>();
    for (String text : sources()) {
      LOG_KEY.matcher(text).results().forEach(found -> keys.add(found.group(1)));
    }
    return keys;
  }

  /**
   * The full names of the loggers that {@code getLogger} is called with, by class or as a literal.
   *
   * @throws AssertionError for a call with something else, which this scan does not understand
   */
  public static SortedSet<String> loggers() {
    SortedSet<String> names = new TreeSet<>();
    for (String text : sources()) {
      Matcher call = LOGGER.matcher(text);
      while (call.find()) {
        if (call.group(3) != null) {
          throw new AssertionError("neither a class nor a literal: " + call.group());
        }
        names.add(
            call.group(1) != null ? call.group(1) : packageOf(text, call.group(2)) + call.group(2));
      }
    }
    return names;
  }

  /**
   * The full names of this project's classes that files other than Java sources name: launchers,
   * build files, service files.
   *
   * @param module the folder of the module
   * @throws AssertionError if a class that is named has no source in the module, nor in the
   *     collector's
   */
  public static SortedSet<String> classesNamedByFiles(Path module) {
    SortedSet<String> names = new TreeSet<>();
    for (Path file : files(module)) {
      if (!isJava(file) && namesClasses(file)) {
        CLASS_NAME.matcher(read(file)).results().forEach(found -> names.add(found.group()));
      }
    }
    for (String name : names) {
      Path source = Path.of(name.replace('.', '/') + ".java");
      if (Stream.of("", "../collector", "../../collector")
          .map(module::resolve)
          .flatMap(folder -> Stream.of("main", "test").map(folder.resolve("src")::resolve))
          .map(kind -> kind.resolve("java").resolve(source))
          .noneMatch(Files::isRegularFile)) {
        throw new AssertionError(
            "a file of " + module.toAbsolutePath().normalize() + " names a missing class: " + name);
      }
    }
    return names;
  }

  /** The full names of the main classes outside of this project's packages. */
  public static SortedSet<String> foreignClasses() {
    SortedSet<String> names = new TreeSet<>();
    for (Path file : files(SOURCES)) {
      String name = SOURCES.relativize(file).toString().replace('/', '.');
      if (isJava(file) && !name.startsWith("dcos.") && !name.endsWith("package-info.java")) {
        names.add(name.substring(0, name.length() - ".java".length()));
      }
    }
    return names;
  }

  /** The package's name and a dot, of a class that has not been given its full name. */
  private static String packageOf(String text, String type) {
    if (type.contains(".")) {
      return "";
    }
    Matcher imported =
        Pattern.compile("(?m)^import ([\\w.]+\\.)" + Pattern.quote(type) + ";").matcher(text);
    if (imported.find()) {
      return imported.group(1);
    }
    Matcher own = PACKAGE.matcher(text);
    return own.find() ? own.group(1) + "." : "";
  }

  private static List<String> sources() {
    return files(SOURCES).stream().filter(SourceScan::isJava).map(SourceScan::read).toList();
  }

  /** All but what the build makes. */
  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !folder.relativize(file).startsWith("target"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isJava(Path file) {
    return file.toString().endsWith(".java");
  }

  /** Launchers, build files and service files; not documentation, whose names break nothing. */
  private static boolean namesClasses(Path file) {
    String name = file.getFileName().toString();
    return !name.contains(".")
        || name.matches(".*\\.(xml|sh|properties|json)")
        || file.toString().contains("META-INF");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
