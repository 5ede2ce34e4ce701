// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.testkit.standin;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** DNS messages (RFC 1035, SRV of RFC 2782): one question in, its answer out. */
final class DnsMessage {
  static final int A = 1;
  static final int AAAA = 28;
  static final int SRV = 33;

  private static final int HEADER = 12;
  private static final int INTERNET = 1;
  private static final int TTL_SECONDS = 0; // Nobody caches a stand-in.
  // An answer, recursion asked for and available.
  private static final int ANSWER = 0x8180;
  private static final int TRUNCATED = 0x0200;
  private static final int NO_SUCH_NAME = 3;
  // A pointer to the question's name, right behind the header.
  private static final int SAME_NAME = 0xc000 | HEADER;

  private DnsMessage() {}

  /**
   * The first question of a message.
   *
   * @param name in lower case, without the last dot
   * @param raw as it was sent, name to class, to be sent back
   */
  record Question(int id, String name, int type, ByteBuffer raw) {
    String typeName() {
      return switch (type) {
        case A -> "A";
        case AAAA -> "AAAA";
        case SRV -> "SRV";
        default -> Integer.toString(type);
      };
    }
  }

  static Question read(byte[] message, int length) throws IOException {
    if (length < HEADER + 5) {
      throw new IOException("a DNS message of " + length + " bytes");
    }
    ByteBuffer in = ByteBuffer.wrap(message, 0, length);
    int id = in.getShort(0) & 0xffff;
    in.position(HEADER);
    StringBuilder name = new StringBuilder();
    for (int label = in.get() & 0xff; label != 0; label = in.get() & 0xff) {
      if (label > 63 || label + 5 > in.remaining()) {
        throw new IOException("a DNS name with a label of " + label + " bytes");
      }
      byte[] text = new byte[label];
      in.get(text);
      name.append(name.isEmpty() ? "" : ".").append(new String(text, US_ASCII));
    }
    int type = in.getShort() & 0xffff;
    in.getShort(); // Its class: nobody asks for anything but the internet's.
    return new Question(
        id,
        name.toString().toLowerCase(Locale.ROOT),
        type,
        ByteBuffer.wrap(Arrays.copyOfRange(message, HEADER, in.position())));
  }

  static byte[] noSuchName(Question question) {
    return message(question, ANSWER | NO_SUCH_NAME, List.of());
  }

  static byte[] truncated(Question question) {
    return message(question, ANSWER | TRUNCATED, List.of());
  }

  /** No answers: the name is known, but has nothing of this type. */
  static byte[] answer(Question question, List<DnsAnswer> answers) {
    return message(question, ANSWER, answers);
  }

  private static byte[] message(Question question, int flags, List<DnsAnswer> answers) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeShort(question.id());
      out.writeShort(flags);
      out.writeShort(1);
      out.writeShort(answers.size());
      out.writeInt(0); // Neither authorities nor anything additional.
      out.write(question.raw().array());
      for (DnsAnswer answer : answers) {
        byte[] data = data(answer);
        out.writeShort(SAME_NAME);
        out.writeShort(answer.type());
        out.writeShort(INTERNET);
        out.writeInt(TTL_SECONDS);
        out.writeShort(data.length);
        out.write(data);
      }
    } catch (IOException e) {
      throw new AssertionError("an array takes everything", e);
    }
    return bytes.toByteArray();
  }

  private static byte[] data(DnsAnswer answer) throws IOException {
    return switch (answer) {
      case DnsAnswer.Address(var address) -> address.getAddress();
      case DnsAnswer.Srv(int priority, int weight, int port, String target) -> {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
          out.writeShort(priority);
          out.writeShort(weight);
          out.writeShort(port);
          for (String label : target.split("\\.", -1)) {
            out.writeByte(label.length());
            out.write(label.getBytes(US_ASCII));
          }
          out.writeByte(0);
        }
        yield bytes.toByteArray();
      }
    };
  }
}
