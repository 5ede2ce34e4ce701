// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.preferences;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the window was like when it was last left, in a small file of properties. What can not be
 * read is forgotten, with a line in the log. FX thread only.
 */
public final class Preferences {
  private static final Logger logger = LoggerFactory.getLogger(Preferences.class);
  private static final int MAX_RECENT = 10;
  private static final String RECENT = "recent.";

  private final Path file;
  private final Properties values = new Properties();

  private Preferences(Path file) {
    this.file = file;
  }

  /**
   * Where the desktop wants such a file: in {@code $XDG_CONFIG_HOME}, or in {@code $HOME/.config}.
   */
  public static Path usualFile(Map<String, String> environment) {
    String configured = environment.getOrDefault("XDG_CONFIG_HOME", "");
    Path folder =
        configured.startsWith("/") ? Path.of(configured) : home(environment).resolve(".config");
    return folder.resolve("metrics-inspector").resolve("window.properties");
  }

  /** The environment's, as for every other program; Java's own is of the user, not the session. */
  private static Path home(Map<String, String> environment) {
    String home = environment.getOrDefault("HOME", "");
    return Path.of(home.isEmpty() ? System.getProperty("user.home", ".") : home);
  }

  /** What the file says; nothing where there is none. */
  public static Preferences load(Path file) {
    var remembered = new Preferences(file);
    try (Reader reader = Files.newBufferedReader(file)) {
      remembered.values.load(reader);
    } catch (NoSuchFileException _) { // The first start.
    } catch (IOException | IllegalArgumentException e) {
      remembered.values.clear();
      logger
          .atWarn()
          .addKeyValue("file", file)
          .addKeyValue("cause", Objects.toString(e.getMessage(), e.getClass().getSimpleName()))
          .log("how the window was left cannot be read, it starts as new");
    }
    return remembered;
  }

  /** Writes the file whole, or leaves the one before. */
  public void save() {
    try {
      Files.createDirectories(Objects.requireNonNull(file.toAbsolutePath().getParent()));
      Path draft = file.resolveSibling(file.getFileName() + ".new");
      try (Writer writer = Files.newBufferedWriter(draft)) {
        values.store(writer, null);
      }
      Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      logger
          .atWarn()
          .addKeyValue("file", file)
          .addKeyValue("cause", e.toString())
          .log("how the window is left cannot be kept");
    }
  }

  public Theme theme() {
    String text = values.getProperty("theme", Theme.DESKTOP.name());
    try {
      return Theme.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException _) {
      return forget("theme", Theme.DESKTOP);
    }
  }

  public void setTheme(Theme theme) {
    values.setProperty("theme", theme.name().toLowerCase(Locale.ROOT));
  }

  /** A number of pixels, or a share; the fallback where it is not there, not one, or negative. */
  public double size(String name, double fallback) {
    String text = values.getProperty(name);
    if (text == null) {
      return fallback;
    }
    try {
      double size = Double.parseDouble(text);
      return size >= 0 && size <= 100_000 ? size : forget(name, fallback);
    } catch (NumberFormatException _) {
      return forget(name, fallback);
    }
  }

  public void setSize(String name, double size) {
    values.setProperty(name, Double.toString(size));
  }

  public boolean flag(String name) {
    return Boolean.parseBoolean(values.getProperty(name));
  }

  public void setFlag(String name, boolean flag) {
    values.setProperty(name, Boolean.toString(flag));
  }

  /** Words in their order; empty where there are none. */
  public List<String> words(String name) {
    String text = values.getProperty(name, "");
    return text.isEmpty() ? List.of() : List.of(text.split(",", -1));
  }

  /** Words without commas. */
  public void setWords(String name, List<String> words) {
    values.setProperty(name, String.join(",", words));
  }

  /** The files that were open lately, the latest first. */
  public List<Path> recent() {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < MAX_RECENT; i++) {
      Optional.ofNullable(values.getProperty(RECENT + i)).flatMap(this::path).ifPresent(files::add);
    }
    return files;
  }

  /** Remembers the first ten. */
  public void setRecent(List<Path> files) {
    for (int i = 0; i < MAX_RECENT; i++) {
      if (i < files.size()) {
        values.setProperty(RECENT + i, files.get(i).toString());
      } else {
        values.remove(RECENT + i);
      }
    }
  }

  private Optional<Path> path(String text) {
    try {
      return Optional.of(Path.of(text));
    } catch (InvalidPathException _) {
      return forget("recent", Optional.empty());
    }
  }

  private <T> T forget(String name, T fallback) {
    values.remove(name);
    logger
        .atWarn()
        .addKeyValue("file", file)
        .addKeyValue("name", name)
        .log("what was remembered is not allowed, forgotten");
    return fallback;
  }
}
