// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PinnedNamesTest {
  @TempDir private Path temp;

  @Test
  void acceptsTheSameNamesInAnyOrder() throws IOException {
    PinnedNames pinned = pinned("# names", "[paths]", "/health", "", "/ledger", "[empty]");

    assertThatCode(() -> pinned.check("paths", List.of("/ledger", "/health", "/ledger")))
        .doesNotThrowAnyException();
    assertThatCode(() -> pinned.check("empty", List.of())).doesNotThrowAnyException();
    assertThat(pinned.sections()).containsExactly("empty", "paths");
  }

  @Test
  void listsMissingAndAddedNamesAndHowToAcceptThese() throws IOException {
    PinnedNames pinned = pinned("[paths]", "/health", "/ledger");

    assertThatThrownBy(() -> pinned.check("paths", List.of("/health", "/book")))
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            """
            names that users and other programs rely on have changed, [paths]
            missing (restore them: a name that is gone breaks its users):
              - /ledger
            added (if that is intended, add these lines to [paths] of %s):
            /book"""
                .formatted(file()));
  }

  @Test
  void failsForAnyNameOfASectionThatIsNotThere() throws IOException {
    PinnedNames pinned = pinned("[paths]", "/health");

    assertThatThrownBy(() -> pinned.check("keys", List.of("status")))
        .hasMessageContaining("add these lines to [keys]");
  }

  @Test
  void refusesANameOutsideOfASectionOrTwiceInOne() {
    assertThatThrownBy(() -> pinned("/health"))
        .hasMessage(file() + ": \"/health\" is in no section");
    assertThatThrownBy(() -> pinned("[paths]", "/health", "/health"))
        .hasMessage(file() + ": \"/health\" is there twice");
  }

  @Test
  void namesJsonValuesByTheirPaths() {
    assertThat(JsonNames.of("{\"a\":{\"b\":1},\"c\":[{\"d\":2},{\"e\":null}],\"f\":[],\"g\":{}}"))
        .containsExactly("a.b", "c[].d", "c[].e", "f[]", "g");
  }

  private PinnedNames pinned(String... lines) throws IOException {
    Files.write(file(), List.of(lines));
    return PinnedNames.read(file());
  }

  private Path file() {
    return temp.resolve("names.txt");
  }
}
