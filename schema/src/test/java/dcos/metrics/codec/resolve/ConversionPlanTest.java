// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.resolve;

import static dcos.metrics.codec.resolve.ConvertedValues.LIMIT;
import static dcos.metrics.codec.resolve.ConvertedValues.converted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcos.metrics.codec.binary.CorruptRecordException;
import dcos.metrics.codec.testing.BinaryWriter;
import java.util.List;
import java.util.Map;
import java.util.zip.DataFormatException;
import org.junit.jupiter.api.Test;

/** Values of one version of a schema as those of another, written and read by the Avro library. */
class ConversionPlanTest {
  private static final String UNKNOWN =
      "{\"type\":\"record\",\"name\":\"Unknown\",\"unknown\":true,\"fields\":["
          + "{\"name\":\"name\",\"type\":\"string\"}]}";

  @Test
  void keepsTheBytesOfTheSameEncoding() throws Exception {
    String schema = record(field("a", "\"long\""));

    assertThat(
            ConversionPlan.of(schema.replace("\"R\"", "\"R\",\"doc\":\"other\""), schema)
                .isIdentity())
        .isTrue();
    assertThat(ConversionPlan.of(record(field("a", "\"int\"")), schema).isIdentity()).isFalse();
  }

  @Test
  void givesMissingFieldsTheirDefaults() throws Exception {
    String reader =
        record(
            "{\"name\":\"first\",\"type\":\"string\",\"default\":\"x\"}",
            field("a", "\"long\""),
            "{\"name\":\"mid\",\"type\":[\"null\",\"long\"],\"default\":null}",
            field("b", "\"string\""),
            "{\"name\":\"last\",\"type\":{\"type\":\"array\",\"items\":\"int\"},\"default\":[1,2]}");

    assertThat(
            converted(
                record(field("a", "\"long\""), field("b", "\"string\"")),
                reader,
                "{\"a\":1,\"b\":\"y\"}"))
        .containsExactly(
            "{\"first\": \"x\", \"a\": 1, \"mid\": null, \"b\": \"y\", \"last\": [1, 2]}");
    assertThat(
            converted(
                record(field("b", "\"string\""), field("a", "\"long\"")),
                reader,
                "{\"b\":\"y\",\"a\":1}"))
        .containsExactly(
            "{\"first\": \"x\", \"a\": 1, \"mid\": null, \"b\": \"y\", \"last\": [1, 2]}");
  }

  @Test
  void leavesOutFieldsThatTheReaderLacks() throws Exception {
    assertThat(
            converted(
                record(
                    field("x", "{\"type\":\"map\",\"values\":\"bytes\"}"),
                    field("a", "\"long\""),
                    field("y", "\"string\"")),
                record(field("a", "\"long\"")),
                "{\"x\":{\"k\":\"v\"},\"a\":1,\"y\":\"z\"}"))
        .containsExactly("{\"a\": 1}");
  }

  @Test
  void promotesAndNarrowsNumbers() throws Exception {
    for (String from : List.of("int", "long", "float", "double")) {
      for (String to : List.of("int", "long", "float", "double")) {
        String value = to.equals("float") || to.equals("double") ? "-7.0" : "-7";
        assertThat(
                converted(
                    record(field("a", '"' + from + '"')),
                    record(field("a", '"' + to + '"')),
                    "{\"a\":-7}"))
            .as("%s to %s", from, to)
            .containsExactly("{\"a\": " + value + "}");
      }
    }
  }

  @Test
  void skipsNumbersThatDoNotFit() throws Exception {
    String ints = record(field("a", "\"int\""));

    assertThat(
            converted(
                record(field("a", "\"long\"")),
                ints,
                "{\"a\":1}",
                "{\"a\":2147483648}",
                "{\"a\":-2147483648}",
                "{\"a\":-2147483649}",
                "{\"a\":2}"))
        .containsExactly("{\"a\": 1}", "skipped", "{\"a\": -2147483648}", "skipped", "{\"a\": 2}");
    assertThat(
            converted(
                record(field("a", "\"double\"")),
                record(field("a", "\"long\"")),
                "{\"a\":1.6}",
                "{\"a\":9.3e18}",
                "{\"a\":-9223372036854775808}",
                "{\"a\":\"NaN\"}"))
        .containsExactly("{\"a\": 2}", "skipped", "{\"a\": -9223372036854775808}", "skipped");
    assertThat(
            converted(
                record(field("a", "\"double\"")),
                record(field("a", "\"float\"")),
                "{\"a\":1e300}",
                "{\"a\":0.5}"))
        .containsExactly("skipped", "{\"a\": 0.5}");
  }

  @Test
  void readsSymbolsByTheirNames() throws Exception {
    String writer =
        field("e", "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"C\",\"B\",\"A\"]}");
    String reader =
        "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\",\"B\",\"UNKNOWN\"],\"default\":\"UNKNOWN\"}";
    String[] values = {"{\"e\":\"A\"}", "{\"e\":\"B\"}", "{\"e\":\"C\"}"};

    assertThat(converted(record(writer), record(field("e", reader)), values))
        .containsExactly("{\"e\": \"A\"}", "{\"e\": \"B\"}", "{\"e\": \"UNKNOWN\"}");
    assertThat(
            converted(
                record(writer),
                record(field("e", reader.replace(",\"default\":\"UNKNOWN\"", ""))),
                values))
        .containsExactly("{\"e\": \"A\"}", "{\"e\": \"B\"}", "skipped");
  }

  @Test
  void distinguishesBranchesByNameOnly() throws Exception {
    String a = "{\"type\":\"record\",\"name\":\"A\",\"fields\":[]}";
    String b = "{\"type\":\"record\",\"name\":\"B\",\"fields\":[]}";
    String c = "{\"type\":\"record\",\"name\":\"C\",\"fields\":[]}";

    // Avro's own resolution takes C for A, since their fields are alike.
    assertThat(
            converted(
                record(field("u", "[" + c + "," + b + "," + a + "]")),
                record(field("u", "[" + a + "," + b + "]")),
                "{\"u\":{\"A\":{}}}",
                "{\"u\":{\"C\":{}}}",
                "{\"u\":{\"B\":{}}}"))
        .containsExactly("{\"u\": {}}", "skipped", "{\"u\": {}}");
  }

  @Test
  void readsAnUnknownBranchAsTheOneForThat() throws Exception {
    String known =
        "{\"type\":\"record\",\"name\":\"A\",\"fields\":[" + field("n", "\"int\"") + "]}";
    String added =
        "{\"type\":\"record\",\"name\":\"Later\",\"fields\":[" + field("s", "\"string\"") + "]}";

    assertThat(
            converted(
                record(field("u", "[" + added + "," + known + ",\"bytes\"]")),
                record(field("u", "[" + known + "," + UNKNOWN + "]")),
                "{\"u\":{\"Later\":{\"s\":\"text\"}}}",
                "{\"u\":{\"A\":{\"n\":5}}}",
                "{\"u\":{\"bytes\":\"abc\"}}"))
        .containsExactly(
            "{\"u\": {\"name\": \"Later\"}}",
            "{\"u\": {\"n\": 5}}",
            "{\"u\": {\"name\": \"bytes\"}}");
  }

  @Test
  void readsABranchWithANumberThatDoesNotFitAsUnknown() throws Exception {
    String writer = record(field("n", "\"long\"")).replace("\"R\"", "\"A\"");
    String reader = record(field("n", "\"int\"")).replace("\"R\"", "\"A\"");

    assertThat(
            converted(
                record(field("u", "[" + writer + "]")),
                record(field("u", "[" + reader + "," + UNKNOWN + "]")),
                "{\"u\":{\"A\":{\"n\":5}}}",
                "{\"u\":{\"A\":{\"n\":5000000000}}}"))
        .containsExactly("{\"u\": {\"n\": 5}}", "{\"u\": {\"name\": \"A\"}}");
  }

  @Test
  void readsAnUnknownBranchAsNullWhereThatIsAllowed() throws Exception {
    assertThat(
            converted(
                record(field("u", "[\"null\",\"boolean\",\"string\"]")),
                record(field("u", "[\"null\",\"boolean\"]")),
                "{\"u\":{\"string\":\"x\"}}",
                "{\"u\":{\"boolean\":true}}",
                "{\"u\":null}"))
        .containsExactly("{\"u\": null}", "{\"u\": true}", "{\"u\": null}");
  }

  @Test
  void readsAUnionWhereTheReaderHasOneOfItsBranches() throws Exception {
    assertThat(
            converted(
                record(field("u", "[\"null\",\"long\"]")),
                record(field("u", "\"long\"")),
                "{\"u\":{\"long\":3}}",
                "{\"u\":null}"))
        .containsExactly("{\"u\": 3}", "skipped");
  }

  @Test
  void convertsMapsArraysAndFixed() throws Exception {
    String items = "{\"type\":\"array\",\"items\":\"%s\"}";
    String fixed = field("f", "{\"type\":\"fixed\",\"name\":\"F\",\"size\":3}");

    assertThat(
            converted(
                record(
                    field("m", "{\"type\":\"map\",\"values\":" + items.formatted("int") + "}"),
                    field("b", "\"boolean\""),
                    fixed),
                record(
                    field("m", "{\"type\":\"map\",\"values\":" + items.formatted("double") + "}"),
                    fixed,
                    field("b", "\"boolean\"")),
                "{\"m\":{\"k\":[1,2],\"l\":[]},\"b\":true,\"f\":\"abc\"}"))
        .containsExactly(
            "{\"m\": {\"k\": [1.0, 2.0], \"l\": []}, \"f\": [97, 98, 99], \"b\": true}");
  }

  @Test
  void refusesSchemasOfWhichNothingCanBeRead() {
    String reader = record(field("a", "\"long\""));

    refuses("\"string\"", reader, "unsupported schema: found string, expected R");
    refuses(
        "{\"type\":\"enum\",\"name\":\"R\",\"symbols\":[]}",
        reader,
        "unsupported schema: found enum R, expected R");
    refuses(reader.replace("\"R\"", "\"S\""), reader, "unsupported schema: found S, expected R");
    refuses(
        record(field("b", "\"long\"")), reader, "unsupported schema: found R without the field a");
    refuses(
        record(field("a", "\"string\"")),
        reader,
        "unsupported schema: field a: found string, expected long");
    refuses(
        record(field("u", "[" + record(field("a", "\"string\"")).replace("\"R\"", "\"S\"") + "]")),
        record(field("u", "[" + record(field("a", "\"long\"")).replace("\"R\"", "\"S\"") + "]")),
        "unsupported schema: field a: found string, expected long");
    refuses("{", reader, "invalid schema: ");
    refuses("[".repeat(100), reader, "invalid schema: its JSON nests deeper than 64");
  }

  @Test
  void readsAnUnknownPartAnywhereInABranchAsUnknown() throws Exception {
    // A number that may not fit: in a union, a map, an array and a record in a record.
    Map<String, String> types =
        Map.of(
            "[\"string\",\"%s\"]", "{\"long\":5000000000}",
            "{\"type\":\"map\",\"values\":\"%s\"}", "{\"k\":5000000000}",
            "{\"type\":\"array\",\"items\":\"%s\"}", "[5000000000]",
            "{\"type\":\"record\",\"name\":\"I\",\"fields\":[{\"name\":\"n\",\"type\":\"%s\"}]}",
                "{\"n\":5000000000}");
    for (Map.Entry<String, String> type : types.entrySet()) {
      String branch = "{\"type\":\"record\",\"name\":\"A\",\"fields\":[%s]}";
      String writer = branch.formatted(field("x", type.getKey().formatted("long")));
      String reader = branch.formatted(field("x", type.getKey().formatted("int")));

      assertThat(
              converted(
                  record(field("u", "[" + writer + "]")),
                  record(field("u", "[" + reader + "," + UNKNOWN + "]")),
                  "{\"u\":{\"A\":{\"x\":" + type.getValue() + "}}}"))
          .as(type.getKey())
          .containsExactly("{\"u\": {\"name\": \"A\"}}");
    }
  }

  @Test
  void boundsTheNameOfAnUnknownBranch() throws Exception {
    String name = "L".repeat(50_000);
    String large = "{\"type\":\"record\",\"name\":\"" + name + "\",\"fields\":[]}";

    assertThat(
            converted(
                record(field("u", "[" + large + "]")),
                record(field("u", "[" + UNKNOWN + "]")),
                "{\"u\":{\"" + name + "\":{}}}"))
        .singleElement()
        .asString()
        .hasSizeLessThan(150);
  }

  @Test
  void requiresOneTextInTheBranchForWhatIsUnknown() {
    String unknown = "{\"type\":\"record\",\"name\":\"Unknown\",\"unknown\":true,\"fields\":[]}";

    assertThatThrownBy(
            () ->
                ConversionPlan.of(
                    record(field("u", "[\"null\"]")), record(field("u", "[" + unknown + "]"))))
        .hasRootCauseMessage("Unknown must have one field, a string");
  }

  @Test
  void refusesAFixedOfAnotherSize() {
    String fixed = "{\"type\":\"fixed\",\"name\":\"F\",\"size\":%d}";

    refuses(
        record(field("f", fixed.formatted(2))),
        record(field("f", fixed.formatted(3))),
        "unsupported schema: field f: found fixed F, expected fixed F");
  }

  @Test
  void checksTheLengthsOfWhatItConverts() throws Exception {
    String writer = record(field("a", "\"int\""), field("s", "\"string\""));
    String reader = record(field("a", "\"long\""), field("s", "\"string\""));
    byte[] cut = new BinaryWriter().number(1).number(100).bytes(new byte[5]).toBytes();

    BlockConverter converter = ConversionPlan.of(writer, reader).converter(cut, LIMIT);

    assertThatThrownBy(converter::convertNext)
        .isInstanceOf(CorruptRecordException.class)
        .hasMessage("truncated text: 5 of 100 bytes");
  }

  @Test
  void boundsWhatBecomesOfAValue() throws Exception {
    String writer = record(field("a", "\"int\""), field("s", "\"string\""));
    String reader = record(field("a", "\"long\""), field("s", "\"string\""));
    byte[] large = new BinaryWriter().number(1).text("x".repeat(LIMIT - 3)).toBytes();

    var plan = ConversionPlan.of(writer, reader);

    assertThat(plan.converter(large, LIMIT).convertNext()).isTrue();
    assertThatThrownBy(() -> plan.converter(large, LIMIT - 1).convertNext())
        .isInstanceOf(DataFormatException.class)
        .hasMessage("value above 999 bytes in our schema");
  }

  private static void refuses(String writer, String reader, String message) {
    assertThatThrownBy(() -> ConversionPlan.of(writer, reader))
        .isInstanceOf(UnresolvableSchemaException.class)
        .hasMessageStartingWith(message);
  }

  private static String record(String... fields) {
    return "{\"type\":\"record\",\"name\":\"R\",\"fields\":[" + String.join(",", fields) + "]}";
  }

  private static String field(String name, String type) {
    return "{\"name\":\"" + name + "\",\"type\":" + type + "}";
  }
}
