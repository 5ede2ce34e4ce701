// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.recordlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HexDumpTest {
  @Test
  void printsOffsetBytesAndText() {
    byte[] bytes = "Obj\u0001 sixteen bytes and more".getBytes(StandardCharsets.US_ASCII);

    assertThat(dump(bytes, 0, bytes.length))
        .isEqualTo(
            """
            00000000  4f 62 6a 01 20 73 69 78  74 65 65 6e 20 62 79 74  |Obj. sixteen byt|
            00000010  65 73 20 61 6e 64 20 6d  6f 72 65                 |es and more|
            0000001b
            """);
  }

  @Test
  void printsLinesThatRepeatAsOneAsterisk() {
    assertThat(dump(new byte[70], 2, 65))
        .isEqualTo(
            """
            00000000  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00  |................|
            *
            00000040  00                                                |.|
            00000041
            """);
  }

  @Test
  void printsNothingOfNothing() {
    assertThat(dump(new byte[3], 1, 0)).isEmpty();
  }

  private static String dump(byte[] bytes, int offset, int length) {
    StringBuilder text = new StringBuilder();
    HexDump.print(bytes, offset, length, line -> text.append(line).append('\n'));
    return text.toString();
  }
}
