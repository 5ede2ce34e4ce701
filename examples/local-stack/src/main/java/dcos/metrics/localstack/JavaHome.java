// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Says which Java runs it: how the build leaves word of the one that it found. */
public final class JavaHome {
  private JavaHome() {}

  /** Takes the file to write the home's path to. */
  public static void main(String[] arguments) throws IOException {
    Files.writeString(Path.of(arguments[0]), System.getProperty("java.home") + "\n");
  }
}
