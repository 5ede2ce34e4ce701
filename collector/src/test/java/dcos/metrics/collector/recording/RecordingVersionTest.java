// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcos.metrics.codec.container.MalformedContainerException;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.ledger.Counts;
import dcos.metrics.collector.outcome.LedgerTerm;
import dcos.metrics.testkit.recording.LaterVersion;
import dcos.metrics.testkit.recording.ReleasedRecording;
import dcos.metrics.testkit.recording.SchemaEdit;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which containers are recordings, and of which version. */
@Timeout(60)
class RecordingVersionTest {
  private static final String OWN = RecordingSchema.text();

  @Test
  void recordingsOfEveryVersionAreRecordings() {
    assertThat(RecordingVersion.isRecording(OWN)).isTrue();
    for (String version : ReleasedRecording.versions()) {
      assertThat(RecordingVersion.isRecording(ReleasedRecording.schema(version))).isTrue();
    }
    for (LaterVersion version : LaterVersion.values()) {
      assertThat(RecordingVersion.isRecording(version.schema())).isTrue();
    }
  }

  @Test
  void otherContainersAreNot() {
    for (String schema :
        List.of(
            "\"string\"",
            "{",
            "{\"type\":\"record\",\"name\":\"dcos.metrics.recording.Entries\",\"fields\":[]}",
            "[\"null\"," + OWN + "]",
            OWN.replace("\"dcos.metrics.recording\"", "\"dcos.metrics.recording.v2\""))) {
      assertThat(RecordingVersion.isRecording(schema)).as(schema).isFalse();
      assertThatThrownBy(() -> RecordingVersion.of(schema, 0))
          .isInstanceOf(MalformedContainerException.class)
          .hasMessageStartingWith("not a recording: ");
    }
  }

  @Test
  void aSchemaOfAnUnreasonableSizeIsRefusedBeforeItIsParsed() {
    String large = OWN.replaceFirst("\\{", "{\"padding\":\"" + "x".repeat(1 << 17) + "\",");

    assertThat(RecordingVersion.isRecording(large)).isTrue();
    assertThatThrownBy(() -> RecordingVersion.of(large, 0))
        .hasMessage(
            "not a recording: its schema has %d characters, more than 131072 at offset 0",
            large.length());
  }

  @Test
  void eachSchemaHasAPlanOfItsOwn() throws Exception {
    // Of the same length: one has the field where the other has it not.
    String field = "{\"name\":\"a\",\"type\":\"int\",\"default\":1}";
    String before = new SchemaEdit(OWN).addField("Skipped", 0, field).text();
    String after = new SchemaEdit(OWN).addField("Skipped", 3, field).text();
    assertThat(before).hasSameSizeAs(after);

    assertThat(RecordingVersion.of(before, 0)).isNotSameAs(RecordingVersion.of(after, 0));
    assertThat(RecordingVersion.of(before, 0)).isSameAs(RecordingVersion.of(before, 0));
  }

  @Test
  void unknownTermsAreAddedUpInRecordsAndInBytes() throws Exception {
    var everyEvent = new ReleasedRecording("0.1.0", "every-event");
    Counts released;
    try (EventReader reader = EventReader.open(everyEvent.file())) {
      released = total(reader);
    }
    byte[] later = LaterVersion.ADDED_SYMBOLS.rewritten(everyEvent.file());
    try (EventReader reader = EventReader.of(new ByteArrayInputStream(later))) {
      Counts unknown = total(reader);

      assertThat(unknown.records(LedgerTerm.UNKNOWN))
          .isEqualTo(released.records(LedgerTerm.DELIVERED) + released.records(LedgerTerm.DRY_RUN))
          .isPositive();
      assertThat(unknown.bytes(LedgerTerm.UNKNOWN))
          .isEqualTo(released.bytes(LedgerTerm.DELIVERED) + released.bytes(LedgerTerm.DRY_RUN))
          .isPositive();
      assertThat(unknown.balances()).isTrue();
    }
  }

  private static Counts total(EventReader reader) throws Exception {
    Event first = Objects.requireNonNull(reader.next(), "a snapshot");
    return ((Event.Snapshot) first).ledger().total();
  }
}
