// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class WriterSchemasTest {
  @Test
  void holdsOurOwnForNothing() throws Exception {
    var schemas = new WriterSchemas(0);

    assertThat(schemas.acquire(OwnSchema.TEXT)).isSameAs(WriterSchema.OWN);
    schemas.release(WriterSchema.OWN);
    assertThat(schemas.heldBytes()).isZero();
  }

  @Test
  void holdsASchemaOnceForAllWhoUseIt() throws Exception {
    var schemas = new WriterSchemas(1 << 20);
    WriterSchema first = schemas.acquire(spaced(1));
    long heldBytes = schemas.heldBytes();

    assertThat(schemas.acquire(spaced(1))).isSameAs(first);
    assertThat(schemas.heldBytes()).isEqualTo(heldBytes).isEqualTo(first.weightBytes());
  }

  @Test
  void keepsWhatNobodyUsesWhileThereIsRoom() throws Exception {
    var schemas = new WriterSchemas(1 << 20);
    WriterSchema first = schemas.acquire(spaced(1));
    schemas.release(first);

    assertThat(schemas.acquire(spaced(1))).isSameAs(first);
  }

  @Test
  void dropsWhatWasUnusedForLongest() throws Exception {
    long each = weight();
    var schemas = new WriterSchemas(2 * each + 10);
    WriterSchema first = schemas.acquire(spaced(1));
    WriterSchema second = schemas.acquire(spaced(2));
    schemas.release(second);
    schemas.release(first);

    schemas.acquire(spaced(3));

    assertThat(schemas.acquire(spaced(1))).isSameAs(first);
    assertThat(schemas.heldBytes()).isLessThanOrEqualTo(2 * each + 10);
  }

  @Test
  void refusesWhatDoesNotFitBesideThoseInUse() throws Exception {
    long capacity = weight() + 10;
    var schemas = new WriterSchemas(capacity);
    WriterSchema first = schemas.acquire(spaced(1));
    schemas.acquire(spaced(1));
    schemas.release(first);

    assertThatThrownBy(() -> schemas.acquire(spaced(2)))
        .isInstanceOf(UnusableSchemaException.class)
        .hasMessage(
            "unsupported schema: with those of the other connections it is above "
                + capacity
                + " bytes");

    schemas.release(first);
    assertThat(schemas.acquire(spaced(2))).isNotNull();
  }

  @Test
  void countsThePlanOfASchemaThatIsRewritten() throws Exception {
    var schemas = new WriterSchemas(1 << 20);
    String renamed = OwnSchema.TEXT.replace("dcos.metrics.Tag", "dcos.metrics.Gat");

    assertThat(schemas.acquire(renamed).weightBytes()).isGreaterThan(2L * renamed.length());
  }

  @Test
  void areGivenBackByTheReadersThatUsedThem() throws IOException {
    var schemas = new WriterSchemas(2L * spaced(10).length());
    for (int i = 1; i < 10; i++) {
      byte[] header = Wire.header(spaced(i), "").toBytes();
      var reader = new ContainerReader(new ByteArrayInputStream(header), Streams.LIMITS, schemas);
      reader.readHeader();
      reader.close();
      reader.close();
    }
    assertThat(schemas.heldBytes()).isPositive();
  }

  /** Our schema, with so many spaces. */
  private static String spaced(int spaces) {
    return " ".repeat(spaces) + OwnSchema.TEXT;
  }

  private static long weight() {
    return 2L * spaced(3).length();
  }
}
