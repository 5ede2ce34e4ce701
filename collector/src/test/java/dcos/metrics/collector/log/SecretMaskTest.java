// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretMaskTest {
  private static final String MODULE = "org.apache.kafka.common.security.plain.PlainLoginModule";

  @Test
  void masksASecretAndEachOfItsWords() {
    SecretMask mask =
        SecretMask.NONE.with(
            List.of(MODULE + " required username=\"me\" password=\"hunt\"er2Rest\";"));

    assertThat(mask.apply("Value not specified for key 'er2Rest' in JAAS config"))
        .isEqualTo("Value not specified for key '********' in JAAS config");
    assertThat(mask.apply("Invalid login module control flag 'password' of hunt"))
        .isEqualTo("Invalid login module control flag 'password' of ********");
    assertThat(mask.apply("no class " + MODULE)).isEqualTo("no class " + MODULE);
  }

  @Test
  void masksAShortSecretOnlyAsAWord() {
    SecretMask mask = SecretMask.NONE.with(List.of("ab"));

    assertThat(mask.apply("about ab, 'ab' and cab"))
        .isEqualTo("about ********, '********' and cab");
  }

  @Test
  void leavesTextsAsTheyAreWherePunctuationIsASecret() {
    assertThat(SecretMask.NONE.with(List.of("*", " ", "")).apply("a * b")).isEqualTo("a * b");
  }

  @Test
  void masksOfAUrlWhatASecretCanBeIn() {
    SecretMask mask =
        SecretMask.NONE.with(
            List.of("https://user:hunter2@login.example/x?client_secret=shh3#f4g5"));

    assertThat(mask.apply("hunter2 at login.example/x with shh3 and f4g5"))
        .isEqualTo("******** at login.example/x with ******** and ********");
    assertThat(mask.apply("GET https://user:hunter2@login.example/x?client_secret=shh3#f4g5"))
        .doesNotContain("hunter2", "shh3", "f4g5");
  }

  @Test
  void masksAFragmentOfAUrlThatHasAQuestionMark() {
    SecretMask mask = SecretMask.NONE.with(List.of("https://login.example/x#f4g5?shh3"));

    assertThat(mask.apply("f4g5 and shh3")).isEqualTo("******** and ********");
  }

  @Test
  void masksASecretThatContainsAnother() {
    SecretMask mask = SecretMask.NONE.with(List.of("hunter2")).with(List.of("hunter2hunter2x"));

    assertThat(mask.apply("hunter2hunter2x")).isEqualTo("********");
  }

  @Test
  void masksTwoSecretsThatOverlap() {
    SecretMask mask = SecretMask.NONE.with(List.of("hunter2", "er2-shh3"));

    assertThat(mask.apply("key hunter2-shh3.")).isEqualTo("key ********.");
  }

  @Test
  void masksAllOfASecretThatLooksLikeAUserAndAPassword() {
    SecretMask mask = SecretMask.NONE.with(List.of(MODULE + " required password=\"a:b@hunter2\";"));

    assertThat(mask.apply("no value for key 'a:b@hunter2'"))
        .isEqualTo("no value for key '********'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://u:hunter2@host:1 | http://********@host:1",
        "a,http://u:hun/ter2@host:1/x | a,http://********@host:1/x",
        "u:hunter2@host:1 | ********@host:1",
        "a:1,u:hunter2@host:1 | ********@host:1",
        "curl https://u:hunter2@host/x -v | curl https://********@host/x -v",
        "u:/hunter2@host:1 | ********@host:1",
        ":hunter2@host:1 | ********@host:1",
        "ssh user@host detect | ssh user@host detect",
        "host:8124 | host:8124",
        "http://host/a | http://host/a",
      })
  void masksUserAndPasswordOfAnAddress(String text, String masked) {
    assertThat(SecretMask.userInfo(text)).isEqualTo(masked);
  }

  @Test
  void printsNoSecretItself() {
    assertThat(SecretMask.NONE.with(List.of("hunter2")).toString()).doesNotContain("hunter2");
  }
}
