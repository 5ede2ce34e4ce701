// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcos.metrics.codec.container.ContainerReader;
import dcos.metrics.codec.record.MetricListSchema;
import dcos.metrics.codec.resolve.WriterSchemaCache.SchemaUse;
import dcos.metrics.codec.testing.BinaryWriter;
import dcos.metrics.codec.testing.ContainerStreams;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WriterSchemaCacheTest {
  private final List<String> dropped = new ArrayList<>();
  private long now;

  @Test
  void holdsOurOwnForNothing() throws Exception {
    var schemas = new WriterSchemaCache(0);

    try (SchemaUse own = schemas.acquire(MetricListSchema.TEXT, () -> {})) {
      assertThat(own.schema()).isSameAs(WriterSchema.OWN);
    }
    assertThat(schemas.memory().usedBytes()).isZero();
  }

  @Test
  void holdsASchemaOnceForAllReadersThatUseIt() throws Exception {
    var schemas = schemas(1 << 20);
    WriterSchema first = acquire(schemas, 1).schema();
    long heldBytes = schemas.memory().usedBytes();

    assertThat(acquire(schemas, 1).schema()).isSameAs(first);
    assertThat(schemas.memory().usedBytes()).isEqualTo(heldBytes).isEqualTo(first.weightBytes());
  }

  @Test
  void keepsAnUnusedSchemaWhileThereIsRoom() throws Exception {
    var schemas = schemas(1 << 20);
    SchemaUse first = acquire(schemas, 1);
    first.close();

    assertThat(acquire(schemas, 1).schema()).isSameAs(first.schema());
  }

  @Test
  void dropsTheSchemaFirstThatWasUnusedForLongest() throws Exception {
    var schemas = schemas(2 * weight() + 10);
    SchemaUse first = acquire(schemas, 1);
    SchemaUse second = acquire(schemas, 2);
    second.close();
    first.close();

    acquire(schemas, 3);

    assertThat(acquire(schemas, 1).schema()).isSameAs(first.schema());
    assertThat(dropped).isEmpty();
    assertThat(schemas.memory().usedBytes()).isLessThanOrEqualTo(2 * weight() + 10);
  }

  @Test
  void dropsUnusedSchemasBeforeUsedOnes() throws Exception {
    var schemas = schemas(2 * weight() + 10);
    acquire(schemas, 1);
    SchemaUse second = acquire(schemas, 2);
    second.blockRead();
    second.close();

    acquire(schemas, 3);

    assertThat(dropped).isEmpty();
  }

  @Test
  void dropsTheOldestSchemaWithoutABlockBeforeThoseWithOne() throws Exception {
    var schemas = schemas(3 * weight() + 10);
    acquire(schemas, 1).blockRead();
    acquire(schemas, 2);
    acquire(schemas, 3);
    now += Duration.ofHours(1).toNanos();

    acquire(schemas, 4);

    assertThat(dropped).containsExactly("2");
  }

  @Test
  void dropsTheSchemaWhoseLastBlockIsOldest() throws Exception {
    var schemas = schemas(2 * weight() + 10);
    acquire(schemas, 1).blockRead();
    now += Duration.ofMillis(1).toNanos();
    acquire(schemas, 2).blockRead();
    now += Duration.ofSeconds(1).toNanos();

    acquire(schemas, 3);

    assertThat(dropped).containsExactly("1");
  }

  @Test
  void callsEveryReaderOfADroppedSchemaOnce() throws Exception {
    var schemas = schemas(weight() + 10);
    acquire(schemas, 1);
    acquire(schemas, 1);
    acquire(schemas, 1).close();

    acquire(schemas, 2);
    acquire(schemas, 3);

    assertThat(dropped).containsExactly("1", "1", "2");
  }

  @Test
  void refusesASchemaThatDoesNotFitBesideThoseInUse() throws Exception {
    long capacity = weight() + 10;
    var schemas = schemas(capacity);
    SchemaUse first = acquire(schemas, 1);
    first.blockRead();
    now += Duration.ofMillis(999).toNanos();

    assertThatThrownBy(() -> acquire(schemas, 2))
        .isInstanceOf(UnresolvableSchemaException.class)
        .hasMessage(
            "unsupported schema: with those of the other connections it is above "
                + capacity
                + " bytes");
    assertThat(schemas.memory()).isEqualTo(new SchemaMemory(capacity, weight() - 4, 1, true));

    now += Duration.ofMillis(1).toNanos();
    assertThat(acquire(schemas, 2)).isNotNull();
    assertThat(schemas.memory().exhausted()).isFalse();
  }

  @Test
  void areExhaustedOnlyWhileAllAreInUse() throws Exception {
    var schemas = schemas(weight() + 10);
    exhaust(schemas);

    now += Duration.ofSeconds(1).toNanos();

    assertThat(schemas.memory().exhausted()).isFalse();
  }

  @Test
  void areNotExhaustedBySchemasThatFoundRoom() throws Exception {
    var schemas = schemas(weight() + 10);
    exhaust(schemas);
    now += Duration.ofSeconds(1).toNanos();

    acquire(schemas, 2).blockRead();

    assertThat(schemas.memory().exhausted()).isFalse();
  }

  @Test
  void areNotExhaustedByASchemaThatIsUsedAgain() throws Exception {
    var schemas = schemas(weight() + 10);
    exhaust(schemas).close();

    acquire(schemas, 1).blockRead();

    assertThat(schemas.memory().exhausted()).isFalse();
  }

  @Test
  void dropsNoneWhereThoseInUseLeaveTooLittle() throws Exception {
    var schemas = schemas(2 * weight() + 10);
    acquire(schemas, 1).blockRead();
    acquire(schemas, 2);
    now += 1;

    String large =
        MetricListSchema.TEXT.replaceFirst("\\{", "{" + " ".repeat(MetricListSchema.TEXT.length()));
    assertThatThrownBy(() -> schemas.acquire(large, () -> {}))
        .isInstanceOf(UnresolvableSchemaException.class);

    assertThat(dropped).isEmpty();
  }

  @Test
  void aSchemaWhoseBlockWaitsForUsIsInUse() throws Exception {
    var schemas = schemas(weight() + 10);
    SchemaUse first = acquire(schemas, 1);
    first.blockRead();
    first.keep();
    now += Duration.ofHours(1).toNanos();
    assertThatThrownBy(() -> acquire(schemas, 2)).isInstanceOf(UnresolvableSchemaException.class);

    first.awaitSender();
    now += Duration.ofMillis(999).toNanos();
    assertThatThrownBy(() -> acquire(schemas, 2)).isInstanceOf(UnresolvableSchemaException.class);

    now += Duration.ofMillis(1).toNanos();
    acquire(schemas, 2);
    assertThat(dropped).containsExactly("1");
  }

  @Test
  void refusesASchemaThatNeverFitsAndDropsNone() throws Exception {
    var schemas = schemas(weight() + 10);
    acquire(schemas, 1);

    assertThatThrownBy(() -> acquire(schemas, 100)).isInstanceOf(UnresolvableSchemaException.class);
    assertThat(dropped).isEmpty();
  }

  @Test
  void countsThePlanOfASchemaThatIsRewritten() throws Exception {
    var schemas = schemas(1 << 20);
    String renamed = MetricListSchema.TEXT.replace("dcos.metrics.Tag", "dcos.metrics.Gat");

    assertThat(schemas.acquire(renamed, () -> {}).schema().weightBytes())
        .isGreaterThan(2L * renamed.length());
  }

  @Test
  void areReleasedByTheReadersThatUsedThem() throws IOException {
    var schemas = schemas(2L * spaced(10).length());
    for (int i = 1; i < 10; i++) {
      String name = "reader " + i;
      var reader =
          new ContainerReader(
              new ByteArrayInputStream(BinaryWriter.header(spaced(i), "").toBytes()),
              ContainerStreams.LIMITS,
              schemas,
              () -> dropped.add(name));
      reader.readHeader();
      reader.close();
      reader.close();
    }
    assertThat(schemas.memory().usedBytes()).isPositive();
    assertThat(dropped).isEmpty();
  }

  private WriterSchemaCache schemas(long capacityBytes) {
    return new WriterSchemaCache(capacityBytes, () -> now);
  }

  /** Fills the capacity with a schema that is in use, and asks for another. */
  private SchemaUse exhaust(WriterSchemaCache schemas) throws UnresolvableSchemaException {
    SchemaUse first = acquire(schemas, 1);
    first.blockRead();
    assertThatThrownBy(() -> acquire(schemas, 2)).isInstanceOf(UnresolvableSchemaException.class);
    assertThat(schemas.memory().exhausted()).isTrue();
    return first;
  }

  private SchemaUse acquire(WriterSchemaCache schemas, int spaces)
      throws UnresolvableSchemaException {
    return schemas.acquire(spaced(spaces), () -> dropped.add(String.valueOf(spaces)));
  }

  /** Our schema after a number of spaces. */
  private static String spaced(int spaces) {
    return " ".repeat(spaces) + MetricListSchema.TEXT;
  }

  private static long weight() {
    return 2L * spaced(3).length();
  }
}
