// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterTermTest {
  @Test
  void spellsWhatTheUserPointsAt() {
    assertThat(FilterTerm.equal(Key.TOPIC, "my topic")).hasToString("topic=\"my topic\"");
    assertThat(FilterTerm.equal(Key.TOPIC, "web*")).hasToString("topic=web*");
    assertThat(FilterTerm.equal(Key.TOPIC, "")).hasToString("topic=\"\"");
    assertThat(FilterTerm.equal(Key.NAME, "cpu").not()).hasToString("name!=cpu");
    assertThat(FilterTerm.equalTag("a key", "(1)")).hasToString("tag.\"a key\"=\"(1)\"");
    assertThat(FilterTerm.equal(Key.OFFSET, Long.MAX_VALUE))
        .hasToString("offset=9223372036854775807");
    assertThat(FilterTerm.equal(Key.VALUE, 0.1)).hasToString("value=0.1");
    assertThat(FilterTerm.equal(Key.VALUE, Double.NaN)).hasToString("value=NaN");
    assertThat(FilterTerm.equal(Key.MS, 12.5).not()).hasToString("ms!=12.5");
    assertThat(FilterTerm.word("a:b*")).hasToString("\"a:b\\*\"");
    assertThat(FilterTerm.word("a").not().not()).isEqualTo(FilterTerm.word("a"));
  }

  @Test
  void equalNumbersAreFoundExactly() throws FilterException {
    for (double value : new double[] {0.1, 1e-300, -4.9e-324, Double.MAX_VALUE, Double.NaN, -0.0}) {
      String text = FilterTerm.equal(Key.VALUE, value).toString();
      assertThat(Filter.parse(text).matches(Row.record(new Row.Point("x", value))))
          .as(text)
          .isTrue();
    }
  }

  @Test
  void refusesWhatTheKeyDoesNotHave() {
    assertThatThrownBy(() -> FilterTerm.equal(Key.BYTES, "5")).hasMessage("bytes has no texts");
    assertThatThrownBy(() -> FilterTerm.equal(Key.TOPIC, 5)).hasMessage("topic has no numbers");
    assertThatThrownBy(() -> FilterTerm.equal(Key.TIME, 5)).hasMessage("time has no numbers");
    assertThatThrownBy(() -> FilterTerm.word("")).hasMessage("an empty word");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "'' | topic=web",
        "'  ' | topic=web",
        "'value>1k ' | value>1k topic=web",
        "a or b | (a or b) topic=web",
        "(a or b) | (a or b) topic=web",
        "-(a or b) | -(a or b) topic=web",
        "a  topic=web | a  topic=web",
        "a or topic=web | (a or topic=web) topic=web",
        "topic!=web | topic=web",
        "value>1k topic!=web a | value>1000 a topic=web",
        "(a or b) -topic=web | (a or b) topic=web",
      })
  void isAddedToAText(String text, String with) throws FilterException {
    assertThat(FilterTerm.equal(Key.TOPIC, "web").addTo(text)).isEqualTo(with);
  }

  @Test
  void isNotAddedToWhatIsNoFilter() {
    assertThatExceptionOfType(FilterException.class)
        .isThrownBy(() -> FilterTerm.word("a").addTo("(b"))
        .withMessage("no \")\" for the \"(\" at 1");
  }
}
