// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.testkit.recording.LaterVersion;
import dcos.metrics.testkit.recording.ReleasedRecording;
import dcos.metrics.testkit.recording.SchemaEdit;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rules in the header of {@code recording.avsc}: kept by it, and able to find what breaks them.
 */
class RecordingRulesTest {
  private static final String CURRENT = ReleasedRecording.currentSchema();
  private static final String NOTE = "{\"name\":\"note\",\"type\":\"string\",\"default\":\"none\"}";

  static List<String> versions() {
    return ReleasedRecording.versions();
  }

  @ParameterizedTest
  @MethodSource("versions")
  void theSchemaFollowsTheRulesForEveryRelease(String version) {
    assertThat(RecordingRules.violations(ReleasedRecording.schema(version), CURRENT)).isEmpty();
  }

  @Test
  void theSchemaNamesTheRules() {
    assertThat((List<?>) new Schema.Parser().parse(CURRENT).getObjectProp("rules"))
        .hasSizeGreaterThan(5);
  }

  @ParameterizedTest
  @EnumSource(LaterVersion.class)
  void allowsWhatLaterVersionsMayDo(LaterVersion version) {
    assertThat(RecordingRules.violations(CURRENT, version.schema())).isEmpty();
  }

  @Test
  void allowsRemovingAFieldWithADefault() {
    String released = edit().addField("Part", 1, NOTE).text();

    assertThat(RecordingRules.violations(released, CURRENT)).isEmpty();
  }

  @Test
  void forbidsAFieldWithoutADefault() {
    forbids(
        edit().addField("Part", 3, "{\"name\":\"note\",\"type\":\"string\"}"),
        "Part.note is new and has no default");
  }

  @Test
  void forbidsRemovingAFieldWithoutADefault() {
    forbids(
        edit().removeField("SourceClosed", "blocks"),
        "SourceClosed.blocks has no default and is missing");
  }

  @Test
  void forbidsRenamingAField() {
    forbids(
        edit().renameField("Delivered", "partition", "shard"),
        "Delivered.partition has no default and is missing",
        "Delivered.shard is new and has no default");
  }

  @Test
  void forbidsRenamingARecord() {
    forbids(
        edit().set("DryRun", "name", "Rehearsal"),
        "the record dcos.metrics.recording.DryRun is missing",
        "the branch dcos.metrics.recording.DryRun of MessageSettled.outcome is missing");
  }

  @Test
  void forbidsRenamingAnEnum() {
    forbids(
        edit().set("Trigger", "name", "Cause"),
        "the enum dcos.metrics.recording.Trigger is missing",
        "MessageMade.trigger was dcos.metrics.recording.Trigger and is"
            + " dcos.metrics.recording.Cause");
  }

  @Test
  void forbidsAnotherNamespace() {
    String other = edit().set("Entry", "namespace", "dcos.metrics.events").text();

    assertThat(RecordingRules.violations(CURRENT, other))
        .contains(
            "the root was dcos.metrics.recording.Entry and is dcos.metrics.events.Entry",
            "the record dcos.metrics.recording.Snapshot is missing");
  }

  @Test
  void forbidsRemovingASymbol() {
    forbids(
        edit().removeSymbol("Trigger", "MEMORY"),
        "the symbol MEMORY of dcos.metrics.recording.Trigger is missing");
  }

  @Test
  void forbidsRenamingASymbol() {
    forbids(
        edit().removeSymbol("Verdict", "THROTTLED").addSymbol("Verdict", 1, "LIMITED"),
        "the symbol THROTTLED of dcos.metrics.recording.Verdict is missing");
  }

  @Test
  void forbidsAnEnumWithoutUnknown() {
    forbids(
        edit().removeSymbol("Reason", "UNKNOWN").remove("Reason", "default"),
        "the symbol UNKNOWN of dcos.metrics.recording.Reason is missing",
        "Reason does not have the symbol UNKNOWN as its default");
  }

  @Test
  void forbidsAnEnumWithAnotherDefault() {
    forbids(
        edit().set("Term", "default", "HELD"),
        "Term does not have the symbol UNKNOWN as its default");
  }

  @Test
  void forbidsANewEnumWithoutUnknown() {
    forbids(
        edit()
            .addField(
                "Part",
                0,
                "{\"name\":\"kind\",\"type\":{\"type\":\"enum\",\"name\":\"Kind\","
                    + "\"symbols\":[\"A\"]},\"default\":\"A\"}"),
        "Kind does not have the symbol UNKNOWN as its default");
  }

  @Test
  void forbidsRemovingABranch() {
    forbids(
        edit().removeBranch("MessageSettled", "outcome", 2),
        "the branch dcos.metrics.recording.Throttled of MessageSettled.outcome is missing",
        "the record dcos.metrics.recording.Throttled is missing");
    forbids(
        edit().removeBranch("Snapshot", "kafka_up", 0),
        "the branch null of Snapshot.kafka_up is missing");
  }

  @Test
  void forbidsATypeThatContainsItself() {
    forbids(
        edit()
            .addBranch(
                "Entry",
                "event",
                0,
                "{\"type\":\"record\",\"name\":\"Tree\",\"fields\":[{\"name\":\"branches\","
                    + "\"type\":{\"type\":\"array\",\"items\":\"Tree\"}}]}"),
        "Tree contains itself");
  }

  @Test
  void forbidsAnotherRecordForWhatIsUnknown() {
    forbids(
        edit().addField("UnknownOutcome", 1, NOTE),
        "dcos.metrics.recording.UnknownOutcome takes what is unknown, and has changed");
    forbids(
        edit().remove("UnknownOutcome", "unknown"),
        "dcos.metrics.recording.UnknownOutcome takes what is unknown, and has changed");
  }

  @Test
  void forbidsAnotherType() {
    forbids(
        edit().setType("Delivered", "offset", "\"string\""),
        "Delivered.offset was long and is string");
    forbids(
        edit().setType("Snapshot", "settings", "{\"type\":\"array\",\"items\":\"long\"}"),
        "Snapshot.settings[] was string and is long");
    forbids(
        edit().setType("AgentState", "framework_names", "{\"type\":\"map\",\"values\":\"long\"}"),
        "AgentState.framework_names{} was string and is long");
  }

  @Test
  void forbidsANarrowerType() {
    forbids(
        edit().setType("Delivered", "offset", "\"int\""), "Delivered.offset was long and is int");
  }

  @Test
  void forbidsAUnionInsteadOfAType() {
    forbids(
        edit().setType("Delivered", "offset", "[\"null\",\"long\"]"),
        "Delivered.offset was long and is union[null, long]");
  }

  private static SchemaEdit edit() {
    return new SchemaEdit(CURRENT);
  }

  /** Of the current schema as a released one. */
  private static void forbids(SchemaEdit edit, String... violations) {
    assertThat(RecordingRules.violations(CURRENT, edit.text()))
        .containsExactlyInAnyOrder(violations);
  }
}
