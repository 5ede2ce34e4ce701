// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package org.apache.kafka.common.network;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.channels.ScatteringByteChannel;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;

class NetworkReceiveTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 5, 100})
  void readsAMessageInPiecesOfAnySize(int piece) throws IOException {
    byte[] message = "an answer".getBytes(US_ASCII);
    ByteBuffer sent = ByteBuffer.allocate(4 + message.length).putInt(message.length).put(message);
    var receive = new NetworkReceive("1");
    var channel = new Pieces(sent.flip(), piece);
    long read = 0;
    while (!receive.complete()) {
      read += receive.readFrom(channel);
    }

    assertThat(read).isEqualTo(4 + message.length);
    assertThat(receive.size()).isEqualTo(4 + message.length);
    assertThat(receive.payload()).isEqualTo(ByteBuffer.wrap(message).position(message.length));
  }

  @Test
  void readsAnEmptyMessage() throws IOException {
    var receive = new NetworkReceive("1");

    receive.readFrom(new Pieces(ByteBuffer.allocate(4), 4));

    assertThat(receive.complete()).isTrue();
    assertThat(receive.size()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 400 Bad Request\r\n",
        "SSH-2.0-OpenSSH",
        "220 mail",
        "\u0015\u0003\u0003\0\u0002"
      })
  void refusesWhatIsNotKafkaBeforeItAllocates(String answer) {
    var receive = new NetworkReceive("1");

    assertThatThrownBy(
            () -> receive.readFrom(new Pieces(ByteBuffer.wrap(answer.getBytes(US_ASCII)), 100)))
        .isInstanceOf(InvalidReceiveException.class)
        .hasMessageStartingWith("not a Kafka broker, or a message too large: length ")
        .hasMessageEndingWith(" not in 0.." + NetworkReceive.MAX_BYTES);
    assertThat(receive.memoryAllocated()).isFalse();
  }

  @Test
  void refusesANegativeLength() {
    var receive = new NetworkReceive("1");

    assertThatThrownBy(
            () -> receive.readFrom(new Pieces(ByteBuffer.allocate(4).putInt(-1).flip(), 4)))
        .isInstanceOf(InvalidReceiveException.class);
  }

  @Test
  void reportsTheEndOfTheConnection() {
    var receive = new NetworkReceive("1");

    assertThatThrownBy(() -> receive.readFrom(new Pieces(ByteBuffer.allocate(0), 4)))
        .isInstanceOf(EOFException.class);
  }

  @Test
  void isTheOneThatTheClientUses() {
    assertThat(NetworkReceive.class.getProtectionDomain().getCodeSource().getLocation())
        .isNotEqualTo(locationOf(KafkaProducer.class));
  }

  @Test
  void hasAllThatTheClientsOwnHas() throws Exception {
    URL[] client = {locationOf(KafkaProducer.class), locationOf(Logger.class)};
    try (var loader = new URLClassLoader(client, ClassLoader.getPlatformClassLoader())) {
      Class<?> theirs = loader.loadClass(NetworkReceive.class.getName());

      assertThat(members(NetworkReceive.class)).containsAll(members(theirs));
    }
  }

  private static List<String> members(Class<?> type) {
    return Stream.concat(
            Arrays.stream(type.getConstructors())
                .map(it -> Arrays.toString(it.getParameterTypes())),
            Arrays.stream(type.getMethods())
                .filter(it -> it.getDeclaringClass() == type)
                .map(
                    it ->
                        it.getName()
                            + Arrays.toString(it.getParameterTypes())
                            + it.getReturnType()))
        .toList();
  }

  private static URL locationOf(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation();
  }

  /** Gives a few bytes at a time, and then the end. */
  private record Pieces(ByteBuffer bytes, int piece) implements ScatteringByteChannel {
    @Override
    public int read(ByteBuffer into) {
      if (!bytes.hasRemaining()) {
        return into.hasRemaining() ? -1 : 0;
      }
      int some = Math.min(piece, Math.min(into.remaining(), bytes.remaining()));
      into.put(bytes.slice(bytes.position(), some));
      bytes.position(bytes.position() + some);
      return some;
    }

    @Override
    public long read(ByteBuffer[] into) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long read(ByteBuffer[] into, int offset, int length) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
