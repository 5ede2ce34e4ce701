// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterTest {
  private static final Row.Point CPU = new Row.Point("cpu.user", 0.5);
  private static final Row.Point IDLE = new Row.Point("cpu.idle", 98.0);

  private static boolean matches(String text, FilterSubject subject) throws FilterException {
    return Filter.parse(text, ZoneOffset.UTC).matches(subject);
  }

  /** Of topic web-1, a throttled record of 1500 bytes at 12:04:31.250, cpu.user 0.5, idle 98. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "'' | true",
        "'  ' | true",
        "topic:WEB | true",
        "topic:b-1 | true",
        "topic:db | false",
        "topic:w*1 | true",
        "topic:1*w | false",
        "topic:* | true",
        "state:* | false",
        "topic=web-1 | true",
        "topic=WEB-1 | false",
        "topic=web | false",
        "topic=web* | false",
        "topic!=web | true",
        "topic!=web-1 | false",
        "state!=sending | true",
        "source:127.0.0.1:4 | true",
        "source=\"tcp 127.0.0.1:40122\" | true",
        "verdict:throttled | true",
        "verdict:throttled -verdict:input | false",
        "tag.host=a1 | true",
        "tag.host:A | true",
        "tag.host!=a1 | false",
        "tag.Host=a1 | false",
        "tag.rack!=a1 | true",
        "tag.rack:* | false",
        "tag.\"my key\":ÜNÏ | true",
        "tag:host | true",
        "tag:a1 | true",
        "tag=a1 | true",
        "tag=a | false",
        "tag!=a1 | false",
        "bytes>1k | true",
        "bytes>1.5k | false",
        "bytes>=1.5k | true",
        "bytes<=1500 | true",
        "bytes<1500 | false",
        "bytes<1500.5 | true",
        "bytes:1500 | true",
        "bytes=1500 | true",
        "bytes!=1500 | false",
        "bytes<1M | true",
        "bytes<1G | true",
        "records>0 | false",
        "records!=0 | true",
        "web | true",
        "40122 | true",
        "HOST | true",
        "ünï | true",
        "USER | true",
        "throttled | false",
        "w*1 | true",
        "\"127.0.0.1:40122\" | true",
        "-web | false",
        "-nope | true",
        "--web | true",
        "topic:web topic:1 | true",
        "topic:web topic:2 | false",
        "topic:db or topic:web | true",
        "topic:db or topic:web topic:2 | false",
        "topic:web or topic:db topic:2 | true",
        "(topic:web or topic:db) topic:2 | false",
        "topic:db OR topic:web | true",
        "-(topic:db or topic:x) | true",
        "-(topic:web tag.host:a) | false",
        "time>12:04 | true",
        "time>12:04:31 | true",
        "time>12:04:31.25 | false",
        "time>=12:04:31.25 | true",
        "time<12:04:31.250000001 | true",
        "time<12:04:32 | true",
        "time>2026-01-31T12:04:31Z | true",
        "time>2026-01-31T12:04:31.250Z | false",
        "time>2026-01-31T12:04:31.2499999Z | true",
        "time<2026-01-31T13:04:32+01:00 | true",
        "time<+1000000000-12-31T23:59:59Z | true",
      })
  void asksForAllOfARecord(String text, boolean matches) throws FilterException {
    assertThat(matches(text, Row.record(CPU, IDLE))).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "state=delivered | true",
        "trigger:COUNT | true",
        "message=7 | true",
        "message=7.5 | false",
        "message>6.5 | true",
        "records:20 | true",
        "partition=3 offset>9G | true",
        "offset=9007199254740993 | true",
        "offset=9007199254740992 | false",
        "offset>9007199254740992 | true",
        "offset<9007199254740992.5 | false",
        "offset<99999999999999999999 | true",
        "offset>-99999999999999999999 | true",
        "offset=-Infinity | false",
        "offset>-Infinity | true",
        "offset<Infinity | true",
        "offset=NaN | false",
        "offset!=NaN | true",
        "ms=12.5 | true",
        "ms>12ms | true",
        "ms<12.6 | true",
        "ms<1s | true",
        "ms>0.0125s | false",
        "name:cpu | false",
        "-name:cpu | true",
        "value!=1 | true",
        "value<1 | false",
        "bytes>0 | false",
        "-bytes>0 | true",
      })
  void asksForAllOfADelivery(String text, boolean matches) throws FilterException {
    assertThat(matches(text, Row.delivery())).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name:user value<1 | true",
        "name:user value>1 | false",
        "name:idle value>1 | true",
        "value<1 value>90 | false",
        "value<1 or value>90 | true",
        "user value>90 | false",
        "web value>90 | true",
        "name:user (topic:web value<1 or topic:db) | true",
        "name:user (topic:web value>1 or topic:db) | false",
        "name:user -value>1 | true",
        "name:user value!=0.5 | false",
        "name=cpu.idle | true",
        "name!=cpu.idle name!=cpu.user | false",
      })
  void termsOfDatapointsHoldForTheSameDatapoint(String text, boolean matches)
      throws FilterException {
    assertThat(matches(text, Row.record(CPU, IDLE))).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource({
    "name:user value<1",
    "name:user value>1",
    "-name:idle",
    "-(name:idle value>1)",
    "user or topic:db value>90",
    "-user -topic:db"
  })
  void recordMatchesWhereOneOfItsDatapointsWouldAlone(String text) throws FilterException {
    assertThat(matches(text, Row.record(CPU, IDLE)))
        .isEqualTo(matches(text, Row.record(CPU)) || matches(text, Row.record(IDLE)));
  }

  @Test
  void recordWithAnotherDatapointMatchesAFilterAndItsNegation() throws FilterException {
    assertThat(matches("-name:idle", Row.record(CPU, IDLE))).isTrue();
    assertThat(matches("name:idle", Row.record(CPU, IDLE))).isTrue();
    assertThat(matches("-name:idle", Row.record(IDLE))).isFalse();
    assertThat(matches("-name:idle", Row.record())).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "value=NaN, NaN, true",
    "value=NaN, 1, false",
    "value!=NaN, NaN, false",
    "value!=NaN, 1, true",
    "value=1, NaN, false",
    "value!=1, NaN, true",
    "value>1, NaN, false",
    "value<=1, NaN, false",
    "value=Infinity, Infinity, true",
    "value<Infinity, 1e308, true",
    "value>-Infinity, -1e308, true",
    "value=0, -0.0, true",
    "value=0.1, 0.1, true",
    "value>-1.5e-3, -0.001, true",
    "value=1e300, 1e300, true",
    "value=9007199254740993, 9007199254740992, true",
  })
  void valuesCompareAsDoubles(String text, double value, boolean matches) throws FilterException {
    assertThat(matches(text, Row.record(new Row.Point("x", value)))).isEqualTo(matches);
  }

  @Test
  void timesOfDayAreThoseOfTheZone() throws FilterException {
    ZoneId zone = ZoneId.of("Europe/Berlin");

    assertThat(Filter.parse("time>13:04:31 time<13:04:32", zone).matches(Row.record())).isTrue();
    assertThat(Filter.parse("time<13:00", zone).matches(Row.record())).isFalse();
  }

  @Test
  void datapointsAreNotLookedAtWhereTheRestDecides() throws FilterException {
    Row other = Row.record(CPU, IDLE);
    Row same = Row.record(CPU, IDLE);

    assertThat(matches("topic:db name:cpu value>1", other)).isFalse();
    assertThat(matches("topic:web or name:cpu", same)).isTrue();

    assertThat(other.offeredPoints + same.offeredPoints).isZero();
  }

  @Test
  void recordIsAskedOnceForHoweverManyDatapoints() throws FilterException {
    Row row = Row.record(CPU, CPU, CPU, IDLE);

    assertThat(matches("topic:web tag.host=a1 name:idle value>1", row)).isTrue();

    assertThat(row.asked).containsExactly(FilterKey.TOPIC, "host");
    assertThat(row.offeredPoints).isEqualTo(4);
  }

  @Test
  void sameTermHandsOverTheSameTestEachTime() throws FilterException {
    var tests = new ArrayList<Predicate<CharSequence>>();
    FilterSubject subject =
        new FilterSubject() {
          @Override
          public boolean anyText(FilterKey key, Predicate<CharSequence> test) {
            tests.add(test);
            return false;
          }

          @Override
          public boolean anyTagValue(String tag, Predicate<CharSequence> test) {
            return false;
          }

          @Override
          public boolean anyNumber(FilterKey key, NumberPredicate test) {
            return false;
          }

          @Override
          public boolean anyDatapoint(DatapointPredicate test) {
            return false;
          }
        };
    Filter filter = Filter.parse("topic:web");

    assertThat(filter.matches(subject)).isFalse();
    assertThat(filter.matches(subject)).isFalse();
    assertThat(Filter.parse("topic:web").matches(subject)).isFalse();

    assertThat(tests).hasSize(3);
    assertThat(tests.get(1)).isSameAs(tests.get(0));
    assertThat(tests.get(2)).isEqualTo(tests.get(0)).hasSameHashCodeAs(tests.get(0));
  }

  @Test
  void emptyTextIsTheFilterOfAll() throws FilterException {
    assertThat(Filter.parse(" ")).isSameAs(Filter.ALL);
    assertThat(Filter.ALL).hasToString("");
    assertThat(Filter.ALL.matches(new Row(Map.of(), Map.of(), Map.of()))).isTrue();
  }
}
