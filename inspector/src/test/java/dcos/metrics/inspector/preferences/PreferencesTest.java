// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.preferences;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreferencesTest {
  @TempDir Path folder;

  @Test
  void readsWhatItKept() {
    Path file = folder.resolve("new").resolve("window.properties");
    var first = Preferences.load(file);
    first.setTheme(Theme.DARK);
    first.setSize("width", 1440);
    first.setFlag("maximized", true);
    first.setWords("records.columns", List.of("time", "topic"));
    first.setRecent(List.of(Path.of("/a,b"), Path.of("/ü")));
    first.save();

    var second = Preferences.load(file);

    assertThat(second.theme()).isEqualTo(Theme.DARK);
    assertThat(second.size("width", 1)).isEqualTo(1440);
    assertThat(second.flag("maximized")).isTrue();
    assertThat(second.words("records.columns")).containsExactly("time", "topic");
    assertThat(second.recent()).containsExactly(Path.of("/a,b"), Path.of("/ü"));
  }

  @Test
  void startsAsNewWithOneLineWhereTheFileIsCorrupt() throws IOException {
    Path file = folder.resolve("window.properties");
    Files.writeString(file, "theme=dark\nwidth=\\uXYZ\n");

    String log = logOf(() -> assertThat(Preferences.load(file).theme()).isEqualTo(Theme.DESKTOP));

    assertThat(log.lines())
        .singleElement()
        .asString()
        .contains("how the window was left cannot be read, it starts as new");
  }

  @Test
  void forgetsAValueThatIsNotAllowedWithOneLine() throws IOException {
    Path file = folder.resolve("window.properties");
    Files.writeString(file, "width=-5\n");
    var remembered = Preferences.load(file);

    String log =
        logOf(
            () -> {
              assertThat(remembered.size("width", 1280)).isEqualTo(1280);
              assertThat(remembered.size("width", 1280)).isEqualTo(1280);
            });

    assertThat(log.lines())
        .singleElement()
        .asString()
        .contains("what was remembered is not allowed, forgotten")
        .contains("name=width");
  }

  @Test
  void livesWhereTheDesktopWantsIt() {
    assertThat(Preferences.usualFile(Map.of("XDG_CONFIG_HOME", "/c")))
        .isEqualTo(Path.of("/c/metrics-inspector/window.properties"));
    assertThat(Preferences.usualFile(Map.of("HOME", "/h")))
        .isEqualTo(Path.of("/h/.config/metrics-inspector/window.properties"));
    assertThat(Preferences.usualFile(Map.of("XDG_CONFIG_HOME", "relative")))
        .isEqualTo(
            Path.of(System.getProperty("user.home"))
                .resolve(".config/metrics-inspector/window.properties"));
  }

  private static String logOf(Runnable action) {
    PrintStream before = System.err;
    var captured = new ByteArrayOutputStream();
    System.setErr(new PrintStream(captured, true, StandardCharsets.UTF_8));
    try {
      action.run();
    } finally {
      System.setErr(before);
    }
    return captured.toString(StandardCharsets.UTF_8);
  }
}
