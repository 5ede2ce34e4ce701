// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FilterTermTest {
  @Test
  void spellsWhatTheUserPointsAt() {
    assertThat(FilterTerm.equal(Key.TOPIC, "my topic")).hasToString("topic=\"my topic\"");
    assertThat(FilterTerm.equal(Key.TOPIC, "web*")).hasToString("topic=web*");
    assertThat(FilterTerm.equal(Key.TOPIC, "")).hasToString("topic=\"\"");
    assertThat(FilterTerm.equal(Key.NAME, "cpu")).hasToString("name=cpu");
    assertThat(FilterTerm.equalTag("a key", "(1)")).hasToString("tag.\"a key\"=\"(1)\"");
    assertThat(FilterTerm.equal(Key.OFFSET, Long.MAX_VALUE))
        .hasToString("offset=9223372036854775807");
  }

  @Test
  void refusesWhatTheKeyDoesNotHave() {
    assertThatThrownBy(() -> FilterTerm.equal(Key.BYTES, "5")).hasMessage("bytes has no texts");
    assertThatThrownBy(() -> FilterTerm.equal(Key.TOPIC, 5)).hasMessage("topic has no numbers");
    assertThatThrownBy(() -> FilterTerm.equal(Key.TIME, 5)).hasMessage("time has no numbers");
  }
}
