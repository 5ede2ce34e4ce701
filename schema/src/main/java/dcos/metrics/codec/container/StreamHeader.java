// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.container;

/**
 * What a container said of itself.
 *
 * @param codec the codec's Avro name: {@code null}, {@code deflate}, {@code snappy} or {@code
 *     zstandard}
 * @param writerSchema the schema as it was sent, JSON
 * @param rewritten whether blocks are resolved to our schema, instead of passed through
 * @param lengthBytes the header's length, magic and sync marker included
 * @param offset where it begins in the stream
 */
public record StreamHeader(
    String codec, String writerSchema, boolean rewritten, int lengthBytes, long offset) {}
