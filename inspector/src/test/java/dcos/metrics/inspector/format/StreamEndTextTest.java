// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.format;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.inspector.recording.state.CapturedSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamEndTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "truncated block: 31 of 90 bytes|cut|90 bytes of the block"
            + "|31 of them, which are not recorded, then the end of the stream",
        "truncated datapoint name: 3 of 40 bytes|broken|40 bytes of the datapoint name"
            + "|3 of them, then the end of what holds it",
        "truncated header|cut|a header|the end of the stream",
        "corrupt sync marker|broken|the stream's sync marker"
            + "|other bytes; which ones is not in this recording: its collector did not write them"
            + " down",
        "corrupt sync marker: found 00 01|broken|the stream's sync marker|00 01",
        "block size 500 not in 0..499|broken|a block of 0 to 499 bytes|one that declares 500 bytes",
        "corrupt size of tags: 9 not in 0..7 at byte 3 of the decompressed block"
            + "|broken|a size of tags of 0 to 7|9 at byte 3 of the decompressed block",
        "corrupt number of records: 5 declared, 4 found"
            + "|broken|5 records, as the block declares|4",
        "corrupt number of records: 3 bytes behind the last of 9"
            + "|broken|the end of the block behind the last of its 9 records|3 bytes more",
        "corrupt number of records: 900 in a block of 3 bytes"
            + "|broken|a number of records that has room in 3 bytes|900",
        "corrupt number of items: -3 in 12 bytes"
            + "|broken|a number of items that has room in 12 bytes|-3",
        "corrupt length of topic: -1|broken|a length of topic of 0 or more|-1",
        "corrupt block: it declares 7 records in -1 bytes"
            + "|broken|a block|one that declares 7 records in -1 bytes",
        "invalid magic 47455420: an object container begins with 4f626a01"
            + "|broken|4f626a01, with which an object container begins|47455420",
        "header above 65536 bytes: header value of 99999"
            + "|broken|a header of at most 65536 bytes|header value of 99999",
        "unsupported codec lzo (allowed: null, deflate)|broken|a codec of null, deflate|lzo",
        "Connection reset|broken|''|''",
      })
  void reportsWhatWasExpectedAndWhatWasFound(
      String cause, String how, String expected, String found) {
    assertThat(StreamEndText.of(cause, Optional.empty()))
        .isEqualTo(new StreamEndText(how, expected, found));
  }

  @Test
  void namesTheMarkerThatTheHeaderEndsWith() {
    byte[] header = new byte[20];
    header[4] = (byte) 0xab;
    header[19] = 7;

    StreamEndText end =
        StreamEndText.of(
            "corrupt sync marker",
            Optional.of(new CapturedSource.CapturedHeader("null", "", false, header, 0)));

    assertThat(end.expected())
        .isEqualTo("the stream's sync marker ab 00 00 00 00 00 00 00 00 00 00 00 00 00 00 07");
  }
}
