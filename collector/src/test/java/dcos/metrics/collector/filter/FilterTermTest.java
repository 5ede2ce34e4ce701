// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FilterTermTest {
  @Test
  void spellsWhatTheUserPointsAt() {
    assertThat(FilterTerm.equal(FilterKey.TOPIC, "my topic")).hasToString("topic=\"my topic\"");
    assertThat(FilterTerm.equal(FilterKey.TOPIC, "web*")).hasToString("topic=web*");
    assertThat(FilterTerm.equal(FilterKey.TOPIC, "")).hasToString("topic=\"\"");
    assertThat(FilterTerm.equal(FilterKey.NAME, "cpu")).hasToString("name=cpu");
    assertThat(FilterTerm.equalTag("a key", "(1)")).hasToString("tag.\"a key\"=\"(1)\"");
    assertThat(FilterTerm.equal(FilterKey.OFFSET, Long.MAX_VALUE))
        .hasToString("offset=9223372036854775807");
  }

  @Test
  void refusesWhatTheKeyDoesNotHave() {
    assertThatThrownBy(() -> FilterTerm.equal(FilterKey.BYTES, "5"))
        .hasMessage("bytes has no texts");
    assertThatThrownBy(() -> FilterTerm.equal(FilterKey.TOPIC, 5))
        .hasMessage("topic has no numbers");
    assertThatThrownBy(() -> FilterTerm.equal(FilterKey.TIME, 5)).hasMessage("time has no numbers");
  }
}
