// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.agent;

import dcos.metrics.collector.settings.Option;
import dcos.metrics.collector.settings.Options;
import dcos.metrics.collector.settings.Settings.Secret;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import okhttp3.HttpUrl;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Names answers of the agent's address that are not usable, without their secrets. */
final class UnusableHttpAnswer {
  private static final String MUST_BE_200 = ", must be HTTP status 200";

  private UnusableHttpAnswer() {}

  /**
   * Refuses every answer that cannot be what was asked for; its body is not read for that.
   *
   * @throws CredentialRefusedException for a 401
   */
  static void requireUsable(Response response, HttpUrl asked, Optional<Secret> credential)
      throws IOException {
    int status = response.code();
    String location = response.header("Location");
    if (status == 401) {
      throw new CredentialRefusedException(
          "the Mesos agent answered 401 to "
              + asked
              + (credential.isPresent()
                  ? ": it does not accept AUTH_CREDENTIAL"
                  : ": it wants a credential, and AUTH_CREDENTIAL is not set"));
    }
    if (status / 100 == 3 && location != null) {
      throw redirect(status, asked, location, credential);
    }
    if (status != 200) {
      throw new UnusableAnswerException(
          "got HTTP status " + status + MUST_BE_200,
          status == 403 ? Options.AUTH_CREDENTIAL : Options.AGENT_PORT);
    }
    String coding = response.header("Content-Encoding", "").strip().toLowerCase(Locale.ROOT);
    switch (coding) {
      case "", "identity", "gzip", "x-gzip" -> {}
      default ->
          throw new UnusableAnswerException(
              "got Content-Encoding " + FailureText.of(coding) + ", must be gzip or none");
    }
  }

  private static UnusableAnswerException redirect(
      int status, HttpUrl asked, String location, Optional<Secret> credential) {
    HttpUrl to = asked.resolve(location);
    if (to == null) {
      return new UnusableAnswerException(
          "got a redirect (HTTP status " + status + ") to no valid URL" + MUST_BE_200);
    }
    // User info and query may hold secrets of the server that redirects.
    String shown =
        to.newBuilder().username("").password("").query(null).fragment(null).build().toString();
    if (to.query() != null) {
      shown += "?...";
    }
    String plain = shown;
    shown =
        credential.map(secret -> plain.replace(secret.value(), secret.toString())).orElse(plain);
    Option<?> option =
        to.scheme().equals(asked.scheme()) ? Options.AGENT_PORT : Options.AGENT_SCHEME;
    return new UnusableAnswerException(
        "got a redirect (HTTP status " + status + ") to " + FailureText.of(shown) + MUST_BE_200,
        option);
  }

  /** Names a failure before the end of the headers: an answer that is not HTTP, or none. */
  static IOException failed(IOException failure, Optional<Secret> credential) {
    String reason = FailureText.of(failure, credential);
    return switch (failure) {
      case SSLException _ ->
          new UnusableAnswerException(
              "got no TLS session (" + reason + "), must be TLS with a trusted certificate",
              Options.AGENT_SCHEME);
      case ProtocolException _ ->
          new UnusableAnswerException("got no HTTP (" + reason + "), must be HTTP");
      default ->
          failure.getCause() instanceof EOFException end
              ? ended(end.getMessage())
              : new NoAnswerException(reason, Options.AGENT_PORT);
    };
  }

  /**
   * The connection ended before a whole line. The client has the bytes only in its message: {@code
   * \n not found: limit=7 content=15030100020246…}.
   */
  private static IOException ended(@Nullable String message) {
    String text = message == null ? "" : message;
    if (text.contains("content=1503")) { // an alert
      return new UnusableAnswerException("got TLS, must be HTTP", Options.AGENT_SCHEME);
    }
    return text.contains("not found") && !text.contains("limit=0 ")
        ? new UnusableAnswerException("got no HTTP, must be HTTP")
        : new NoAnswerException("the connection was closed", Options.AGENT_PORT);
  }

  /** The body; if it ends early, that is named. */
  static InputStream body(InputStream in, Optional<Secret> credential) {
    return new FilterInputStream(in) {
      @Override
      public int read() throws IOException {
        try {
          return in.read();
        } catch (IOException e) {
          throw cut(e, credential);
        }
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        try {
          return in.read(into, offset, length);
        } catch (IOException e) {
          throw cut(e, credential);
        }
      }
    };
  }

  private static UnusableAnswerException cut(IOException failure, Optional<Secret> credential) {
    return failure instanceof UnusableAnswerException named
        ? named
        : new UnusableAnswerException(
            "got only a part of an answer ("
                + FailureText.of(failure, credential)
                + "), must be complete");
  }
}
