// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.ingest;

/**
 * What the ledger does not know of connections, since the start.
 *
 * @param sessionsOpened accepted
 * @param sessionsOpen open now
 * @param sessionsRefused closed at once, because there were too many
 * @param streamsBroken closed for what they sent or did not send
 * @param bytesRead off all sockets
 * @param blocks read whole
 */
public record InputFigures(
    long sessionsOpened,
    long sessionsOpen,
    long sessionsRefused,
    long streamsBroken,
    long bytesRead,
    long blocks) {}
