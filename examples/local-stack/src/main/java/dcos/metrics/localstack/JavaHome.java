// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.localstack;

/** Prints which Java runs it: how the build leaves word of the one it found. */
public final class JavaHome {
  private JavaHome() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) {
    System.out.println(System.getProperty("java.home"));
  }
}
