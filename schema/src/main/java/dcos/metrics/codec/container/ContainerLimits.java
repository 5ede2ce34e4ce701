// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.container;

/**
 * What a container may declare before it is refused.
 *
 * @param headerBytes the largest header, in bytes, its magic and sync marker included
 * @param blockBytes the largest block, in bytes, before and after decompression and in our encoding
 */
public record ContainerLimits(int headerBytes, int blockBytes) {
  public ContainerLimits {
    if (headerBytes < 1 || blockBytes < 1) {
      throw new IllegalArgumentException(
          "limits must be positive, were header " + headerBytes + ", block " + blockBytes);
    }
  }
}
