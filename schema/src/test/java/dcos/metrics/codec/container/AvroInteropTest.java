// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.container;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.Datapoint;
import dcos.metrics.MetricList;
import dcos.metrics.Tag;
import dcos.metrics.codec.record.MetricListCodec;
import dcos.metrics.codec.record.MetricListSchema;
import dcos.metrics.codec.record.RecordBlock;
import dcos.metrics.codec.testing.AvroReference;
import dcos.metrics.codec.testing.ContainerStreams;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.avro.SchemaNormalization;

/** What the Avro library writes is read by ours, and what we write is read by it. */
class AvroInteropTest {
  @Example
  void theConstantIsTheCanonicalFormOfTheSchemaFile() {
    assertThat(MetricListSchema.TEXT)
        .isEqualTo(SchemaNormalization.toParsingForm(MetricList.getClassSchema()));
  }

  @Property(tries = 200)
  void whatTheAvroLibraryWritesIsReadByOurs(
      @ForAll("metricLists") List<MetricList> records, @ForAll("codecs") String codec)
      throws IOException {
    List<MetricList> read = new ArrayList<>();
    for (RecordBlock block : ContainerStreams.blocks(AvroReference.write(records, codec, 1024))) {
      read.addAll(MetricListCodec.decode(block));
    }
    assertThat(read).isEqualTo(records);
  }

  @Property(tries = 200)
  void whatWeWriteIsReadByTheAvroLibrary(@ForAll("metricLists") List<MetricList> records)
      throws IOException {
    RecordBlock block = MetricListCodec.encode(records);
    var writer = new ContainerWriter();

    writer.append(block.bytes(), block.offset(), block.length(), block.records());

    assertThat(AvroReference.read(writer.finish()))
        .isEqualTo(records.stream().map(MetricList::toString).toList());
  }

  @Property(tries = 100)
  void whatTheAvroLibraryWroteIsForwardedUnchanged(
      @ForAll("metricLists") List<MetricList> records, @ForAll("codecs") String codec)
      throws IOException {
    assertThat(ContainerStreams.recordBytes(AvroReference.write(records, codec, 512)))
        .isEqualTo(MetricListCodec.encode(records).bytes());
  }

  @Provide
  Arbitrary<String> codecs() {
    return Arbitraries.of("null", "deflate", "snappy", "zstandard");
  }

  @Provide
  Arbitrary<List<MetricList>> metricLists() {
    Arbitrary<String> text = Arbitraries.strings().ofMaxLength(20);
    Arbitrary<String> whole = text.map(AvroInteropTest::withoutLoneSurrogates);
    Arbitrary<Tag> tag = Combinators.combine(whole, whole).as(Tag::new);
    Arbitrary<Datapoint> datapoint =
        Combinators.combine(whole, Arbitraries.longs(), Arbitraries.doubles()).as(Datapoint::new);
    return Combinators.combine(whole, tag.list().ofMaxSize(8), datapoint.list().ofMaxSize(8))
        .as(MetricList::new)
        .list()
        .ofMaxSize(20);
  }

  /** UTF-8 has none: an encoder replaces them. */
  private static String withoutLoneSurrogates(String text) {
    return text.codePoints()
        .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
